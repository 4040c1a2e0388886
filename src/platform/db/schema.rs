//! The tables as diesel sees them: the same on both engines (`migrations/`, and `tests/migrations.rs` compares).

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    organisations (id) {
        id -> Uid,
        number -> Text,
        name -> Text,
        kind -> Text,
        municipality -> Nullable<Text>,
        language -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    users (id) {
        id -> Uid,
        email -> Text,
        name -> Text,
        language -> Text,
        password_hash -> Text,
        email_confirmed_at -> Nullable<Instant>,
        created_at -> Instant,
        deleted_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    memberships (user_id, organisation_id) {
        user_id -> Uid,
        organisation_id -> Uid,
        organisation_kind -> Text,
        role -> Text,
        created_at -> Instant,
        no_new_needs_since -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    invitations (id) {
        id -> Uid,
        organisation_id -> Uid,
        email -> Text,
        role -> Text,
        token_hash -> Text,
        invited_by -> Nullable<Uid>,
        created_at -> Instant,
        expires_at -> Instant,
        accepted_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    email_tokens (token_hash) {
        token_hash -> Text,
        user_id -> Uid,
        purpose -> Text,
        created_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    sessions (id) {
        id -> Uid,
        user_id -> Uid,
        organisation_id -> Nullable<Uid>,
        kind -> Text,
        token_hash -> Nullable<Text>,
        created_at -> Instant,
        expires_at -> Instant,
        revoked_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Uid,
        issued_at -> Instant,
        expires_at -> Instant,
        used_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    login_failures (id) {
        id -> Uid,
        account -> Text,
        address -> Text,
        at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    signing_keys (id) {
        id -> Uid,
        pkcs8 -> Text,
        public_key -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    registrations (id) {
        id -> Uid,
        token_hash -> Text,
        organisation_number -> Text,
        organisation_name -> Text,
        kind -> Text,
        region -> Text,
        name -> Text,
        email -> Text,
        language -> Text,
        password_hash -> Text,
        created_at -> Instant,
        expires_at -> Instant,
        confirmed_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Document, Instant, Uid};

    supplier_profiles (organisation_id) {
        organisation_id -> Uid,
        organisation_kind -> Text,
        kind -> Text,
        description -> Text,
        offers -> Text,
        areas -> Document,
        regions -> Document,
        cpv -> Document,
        website -> Text,
        employees -> Nullable<Text>,
        founded -> Nullable<Integer>,
        maturity -> Nullable<Integer>,
        contact_email -> Text,
        social_traits -> Document,
        tell_me_of_new_needs -> Bool,
        version -> Integer,
        updated_at -> Instant,
        position -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Document, Instant, Uid};

    needs (id) {
        id -> Uid,
        tenant_id -> Uid,
        reference -> Text,
        status -> Text,
        title -> Text,
        summary -> Text,
        cpv -> Document,
        region -> Document,
        areas -> Document,
        language -> Text,
        innovation_kind -> Nullable<Text>,
        response_deadline -> Nullable<Instant>,
        description -> Document,
        joiners -> Integer,
        version -> Integer,
        published_at -> Nullable<Instant>,
        created_by -> Uid,
        created_at -> Instant,
        updated_at -> Instant,
        published_version -> Integer,
        deleted_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Document, Instant, Uid};

    need_versions (need_id, version) {
        need_id -> Uid,
        version -> Integer,
        content -> Document,
        change_note -> Text,
        published_by -> Uid,
        published_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    followers (need_id, user_id) {
        need_id -> Uid,
        user_id -> Uid,
        organisation_id -> Uid,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    joiners (need_id, organisation_id) {
        need_id -> Uid,
        organisation_id -> Uid,
        organisation_kind -> Text,
        volume -> Text,
        joined_by -> Uid,
        joined_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    changes (position) {
        position -> BigInt,
        need_id -> Uid,
        at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    questions (id) {
        id -> Uid,
        tenant_id -> Uid,
        need_id -> Uid,
        organisation_id -> Uid,
        asked_by -> Uid,
        text -> Text,
        asked_at -> Instant,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Uid>,
        answered_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    responses (id) {
        id -> Uid,
        tenant_id -> Uid,
        need_id -> Uid,
        organisation_id -> Uid,
        organisation_kind -> Text,
        supplier_kind -> Nullable<Text>,
        supplier_size -> Nullable<Text>,
        sent_by -> Uid,
        body -> Text,
        confidential -> Text,
        confidential_reason -> Text,
        sent_at -> Instant,
        read_by -> Nullable<Uid>,
        read_at -> Nullable<Instant>,
        thanks -> Nullable<Text>,
        thanked_by -> Nullable<Uid>,
        thanked_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    attachments (id) {
        id -> Uid,
        need_id -> Uid,
        response_id -> Nullable<Uid>,
        organisation_id -> Uid,
        name -> Text,
        media_type -> Text,
        bytes -> BigInt,
        sha256 -> Text,
        confidential -> Bool,
        created_by -> Uid,
        created_at -> Instant,
        removed_by -> Nullable<Uid>,
        removed_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::Uid;

    version_attachments (need_id, version, attachment_id) {
        need_id -> Uid,
        version -> Integer,
        attachment_id -> Uid,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    outcomes (need_id) {
        need_id -> Uid,
        kind -> Text,
        text -> Text,
        told_by -> Uid,
        told_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Document, Instant, Uid};

    events (id) {
        id -> Uid,
        at -> Instant,
        name -> Text,
        tenant_id -> Nullable<Uid>,
        organisation_id -> Nullable<Uid>,
        user_id -> Nullable<Uid>,
        need_id -> Nullable<Uid>,
        reason -> Nullable<Text>,
        request_id -> Text,
        payload -> Document,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Document, Instant, Uid};

    messages (id) {
        id -> Uid,
        event_id -> Uid,
        organisation_id -> Nullable<Uid>,
        user_id -> Nullable<Uid>,
        email -> Text,
        template -> Text,
        language -> Text,
        payload -> Document,
        status -> Text,
        attempts -> Integer,
        next_attempt_at -> Instant,
        sent_at -> Nullable<Instant>,
        failure -> Nullable<Text>,
        created_at -> Instant,
        surely_unsent -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Instant, Uid};

    idempotency_keys (user_id, key) {
        user_id -> Uid,
        key -> Text,
        fingerprint -> Text,
        status -> Integer,
        location -> Nullable<Text>,
        body -> Text,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::{Document, Instant, Uid};

    notices (id) {
        id -> Uid,
        position -> BigInt,
        notice_id -> Nullable<Text>,
        version -> Nullable<Text>,
        procedure_id -> Nullable<Text>,
        publication_id -> Nullable<Text>,
        document -> Text,
        subtype -> Nullable<Text>,
        form -> Nullable<Text>,
        notice_type -> Nullable<Text>,
        procedure_type -> Nullable<Text>,
        legal_basis -> Nullable<Text>,
        issued_on -> Nullable<Date>,
        country -> Nullable<Text>,
        buyer_number -> Nullable<Text>,
        buyer_name -> Nullable<Text>,
        buyer_type -> Nullable<Text>,
        buyer_nuts -> Nullable<Text>,
        title -> Nullable<Text>,
        nature -> Nullable<Text>,
        cpv -> Nullable<Text>,
        estimated_value -> Nullable<BigInt>,
        estimated_currency -> Nullable<Text>,
        awarded_value -> Nullable<BigInt>,
        awarded_currency -> Nullable<Text>,
        lots -> Integer,
        parts -> Integer,
        innovation -> Document,
        aims -> Document,
        is_change -> Bool,
        is_newest -> Bool,
        follows_notice -> Bool,
        previous_notices -> Document,
        tender_deadline_on -> Nullable<Date>,
        decided_on -> Nullable<Date>,
        outcome -> Document,
        winner_numbers -> Document,
        flags -> Integer,
        sdk -> Integer,
        digest -> Uid,
        facts_digest -> BigInt,
        facts -> Binary,
        imported_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;

    secrets (name) {
        name -> Text,
        value -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::platform::db::types::sql::Instant;

    sent_forms (key) {
        key -> Text,
        created_at -> Instant,
    }
}

diesel::joinable!(needs -> organisations (tenant_id));
diesel::joinable!(need_versions -> needs (need_id));
diesel::joinable!(followers -> needs (need_id));
diesel::joinable!(followers -> users (user_id));
diesel::joinable!(joiners -> organisations (organisation_id));
diesel::joinable!(memberships -> users (user_id));
diesel::joinable!(memberships -> organisations (organisation_id));
diesel::joinable!(invitations -> organisations (organisation_id));
diesel::joinable!(questions -> needs (need_id));
diesel::joinable!(responses -> needs (need_id));
diesel::joinable!(responses -> organisations (organisation_id));
diesel::joinable!(responses -> users (sent_by));
diesel::joinable!(supplier_profiles -> organisations (organisation_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(events -> users (user_id));
diesel::joinable!(changes -> needs (need_id));
diesel::joinable!(events -> needs (need_id));
diesel::joinable!(outcomes -> needs (need_id));
diesel::joinable!(attachments -> needs (need_id));
diesel::joinable!(version_attachments -> attachments (attachment_id));
diesel::allow_tables_to_appear_in_same_query!(
    organisations,
    users,
    memberships,
    invitations,
    email_tokens,
    sessions,
    refresh_tokens,
    login_failures,
    signing_keys,
    supplier_profiles,
    counters,
    needs,
    need_versions,
    notices,
    followers,
    joiners,
    changes,
    questions,
    responses,
    attachments,
    version_attachments,
    outcomes,
    events,
    messages,
    idempotency_keys,
    secrets,
    sent_forms
);

//! Who may do what, as one table to read and to review when it changes.
use brobygger::dialogue::{self, Question, Response};
use brobygger::identity::SessionId;
use brobygger::needs::{self, Content, Need, Status};
use brobygger::platform::db::types::{Id, Timestamp};
use brobygger::platform::language::Language;
use brobygger::statistics;
use brobygger::tenancy::{
    self, Actor, Invitation, Member, Membership, Organisation, OrganisationId, OrganisationKind, Person, Reason, Role,
};
use brobygger::{Error, Result};
use insta::assert_snapshot;

struct Persona {
    name: &'static str,
    actor: Actor,
}

fn member(name: &'static str, organisation: OrganisationId, kind: OrganisationKind, role: Role) -> Persona {
    let member = Member {
        user: Id::new(),
        name: name.to_owned(),
        email: format!("{name}@example.no"),
        language: Language::Nb,
        session: SessionId::new(),
        organisation,
        organisation_name: name.to_owned(),
        organisation_number: "974760673".to_owned(),
        kind,
        role,
    };
    Persona { name, actor: Actor::Member(Box::new(member)) }
}

/// Logged in, and a member of nothing.
fn nobodys() -> Person {
    let (name, email) = ("Nils".to_owned(), "nils@example.no".to_owned());
    Person { session: SessionId::new(), user: Id::new(), name, email, language: Language::Nb }
}

fn word<T>(result: Result<T>) -> &'static str {
    match result {
        Ok(_) => "yes",
        Err(Error::NotFound(_)) => "404",
        Err(Error::Forbidden(_)) => "403",
        Err(Error::Unauthenticated) => "401",
        Err(Error::Conflict("no-organisation")) => "409",
        Err(e) => panic!("{e:?}"),
    }
}

fn content(now: Timestamp) -> Content {
    let text = serde_json::json!({"title": "Tittel", "summary": "", "cpv": [], "region": [], "areas": [], "language": "nb",
        "innovation_kind": null, "response_deadline": now, "problem": "", "affected": "", "current_situation": "",
        "desired_effects": [], "constraints": "", "tried": "", "undecided": "", "budget": null,
        "contact": {"name": "", "email": "", "phone": ""}});
    serde_json::from_value(text).unwrap()
}

#[test]
fn every_persona_and_every_action_in_every_state() {
    let now: Timestamp = crate::app::beginning().into();
    let (stavanger, bergen, tryggvakt, nattlys) = (Id::new(), Id::new(), Id::new(), Id::new());
    use OrganisationKind::{Adviser, Buyer, Operator, Supplier};
    let personas = [
        Persona { name: "anonymous", actor: Actor::Anonymous },
        member("own-admin", stavanger, Buyer, Role::Admin),
        member("own-buyer", stavanger, Buyer, Role::Buyer),
        member("own-evaluator", stavanger, Buyer, Role::Evaluator),
        member("own-reader", stavanger, Buyer, Role::Reader),
        member("other-admin", bergen, Buyer, Role::Admin),
        member("other-reader", bergen, Buyer, Role::Reader),
        member("its-supplier", tryggvakt, Supplier, Role::Member),
        member("other-supplier", nattlys, Supplier, Role::Admin),
        member("adviser", Id::new(), Adviser, Role::Adviser),
        member("operator", Id::new(), Operator, Role::Operator),
        Persona { name: "of-no-one", actor: Actor::Alone(Box::new(nobodys())) },
        Persona { name: "system", actor: Actor::System(Reason::CommandLine) },
    ];
    let mut table = format!("{:22}", "");
    for persona in &personas {
        table += &format!(" {:>14}", persona.name);
    }
    table.push('\n');
    let mut line = |action: &str, may: &dyn Fn(&Actor) -> &'static str| {
        table += &format!("{action:22}");
        for persona in &personas {
            table += &format!(" {:>14}", may(&persona.actor));
        }
        table.push('\n');
    };

    line("describe a need", &|a| word(needs::policy::describe(a)));
    for status in Status::ALL {
        let draft = Need::draft(stavanger, "2026-0001".to_owned(), content(now), Id::new(), now);
        let need = || Need { status: *status, ..draft.clone() };
        let question = |answered: bool| Question {
            id: Id::new(),
            tenant_id: stavanger,
            need_id: draft.id,
            organisation_id: tryggvakt,
            asked_by: Id::new(),
            text: String::new(),
            asked_at: now,
            answer: None,
            answered_by: None,
            answered_at: answered.then_some(now),
        };
        line(&format!("\n{}", status.as_str()), &|_| "");
        line("read", &|a| word(needs::policy::read(a, need())));
        line("edit, attach", &|a| word(needs::policy::edit(a, need())));
        line("delete", &|a| word(needs::policy::delete(a, need())));
        line("publish, withdraw", &|a| word(needs::policy::publish(a, need())));
        line("follow", &|a| word(needs::policy::follow(a, need())));
        line("join", &|a| word(needs::policy::join(a, need())));
        line("count who takes part", &|a| word(needs::policy::count(a, need())));
        line("draw up a notice", &|a| word(needs::policy::draft_notice(a, need())));
        line("ask", &|a| word(dialogue::policy::ask(a, need())));
        line("answer a new question", &|a| word(dialogue::policy::answer(a, question(false), &need())));
        line("answer once more", &|a| word(dialogue::policy::answer(a, question(true), &need())));
        line("respond", &|a| word(dialogue::policy::respond(a, need())));
        line("read all responses", &|a| word(dialogue::policy::read_responses(a, need())));
        line("conclude", &|a| word(dialogue::policy::conclude(a, need())));
    }
    let response = || Response {
        id: Id::new(),
        tenant_id: stavanger,
        need_id: Id::new(),
        organisation_id: tryggvakt,
        sent_by: Id::new(),
        body: String::new(),
        confidential: String::new(),
        confidential_reason: String::new(),
        sent_at: now,
        read_by: None,
        read_at: None,
        thanks: None,
        thanked_by: None,
        thanked_at: None,
    };
    line("\nof its-supplier", &|_| "");
    line("read the response", &|a| word(dialogue::policy::read_response(a, response())));
    line("receive it", &|a| word(dialogue::policy::receive(a, response())));
    line("add a file to it", &|a| word(dialogue::policy::supplement(a, response())));
    let organisation = || Organisation {
        id: stavanger,
        number: "974760673".to_owned(),
        name: "Stavanger".to_owned(),
        kind: Buyer,
        municipality: None,
        language: Language::Nb,
        created_at: now,
    };
    line("\nthe organisation", &|_| "");
    line("administer", &|a| word(tenancy::administer(a, organisation())));
    line("see members", &|a| word(tenancy::see_members(a, organisation())));
    let someone = |id| Membership {
        user: id,
        name: String::new(),
        email: String::new(),
        organisation: stavanger,
        kind: Buyer,
        role: Role::Reader,
        since: now,
    };
    let invitation = || Invitation {
        id: Id::new(),
        organisation_id: stavanger,
        email: String::new(),
        role: Role::Reader,
        token_hash: String::new(),
        invited_by: None,
        created_at: now,
        expires_at: now,
        accepted_at: None,
    };
    let oneself = |a: &Actor| a.member().map_or_else(|_| Id::new(), |m| m.user);
    line("take out a member", &|a| word(tenancy::policy::remove(a, someone(Id::new()))));
    line("leave", &|a| word(tenancy::policy::remove(a, someone(oneself(a)))));
    line("change a role", &|a| word(tenancy::policy::change_role(a, someone(Id::new()))));
    line("call back invitation", &|a| word(tenancy::policy::call_back(a, invitation())));
    line("have its report", &|a| word(statistics::policy::report(a, organisation())));
    let table: String = table.lines().map(|l| format!("{}\n", l.trim_end())).collect();
    assert_snapshot!(table);
}

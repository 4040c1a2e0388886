//! Organisations, the people in them, and what these may do. A tenant is an organisation that buys.
mod access;
mod add;
pub mod api;
mod call_back;
mod change_role;
mod invite;
mod membership;
mod organisation;
pub mod policy;
mod remove;
mod store;
pub mod web;

pub use access::{Actor, Member, Permit, Person, Reason};
pub use add::{NewOrganisation, add, enter, join};
pub use call_back::call_back;
pub use change_role::change_role;
use invite::parse_role;
pub use invite::{
    Invitation, LASTS as INVITATION_LASTS, NewInvitation, Newcomer, Opened, accept, accept_as_member,
    accept_as_newcomer, invite, open as open_invitation,
};
pub use membership::{Membership, Others, others_everywhere};
pub use organisation::{Organisation, OrganisationId, OrganisationKind, Role};
pub use policy::{administer, see_members};
pub use remove::{leave_all, remove};
pub use store::{
    Colleague, Receiver, administrators_of, colleagues_with, counts, find_by_number, find_invitation,
    forget_invitations, forget_used_invitations_of, invitations_of, member_of, members_among, memberships_of, names_of,
    organisation, receiver, receivers, stop_new_needs, told_of_new_needs, want_new_needs, wants_no_new_needs,
};

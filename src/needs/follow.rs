//! Following a need, and joining one with one's own volume.
use super::{Need, NeedId, Status, StaysOpen, changes, policy, store};
use crate::audit::Event;
use crate::identity::UserId;
use crate::input::Input;
use crate::op::Op;
use crate::platform::db::Part;
use crate::tenancy::Permit;
use crate::{Error, Result};

/// The person hears of every change, answer and outcome from now on. They follow for themselves: whoever acts for several
/// organisations follows once, is counted once, and is told once. Following twice changes nothing, for whichever of them.
///
/// # Errors
/// `Conflict` (`need-not-open`) if it was concluded or withdrawn in this very moment: its outcome is told already.
pub fn follow(op: &mut Op<'_>, need: Permit<policy::Follow, Need>) -> Result<()> {
    let need = need.into_inner();
    let member = op.member()?;
    let now = op.now();
    if need.status == Status::Published {
        // Whoever concludes or corrects at the same time tells this one too.
        StaysOpen(need.id).do_with(&[], op.db())?;
    }
    if store::follow(op.db(), need.id, member.user, member.organisation, now)? {
        op.record(Event::NeedFollowed { tenant: need.tenant_id, need: need.id })?;
    }
    Ok(())
}

/// Does whoever asks follow it?
///
/// # Errors
/// When the database refuses.
pub fn is_followed(op: &mut Op<'_>, need: NeedId) -> Result<bool> {
    match op.member() {
        Ok(member) => store::follows(op.db(), need, member.user),
        Err(_) => Ok(false),
    }
}

/// Not following is no error: the person asked to hear nothing, and hears nothing.
pub fn unfollow(op: &mut Op<'_>, need: Permit<policy::Unfollow, Need>) -> Result<()> {
    let need = need.into_inner();
    let member = op.member()?;
    if store::unfollow(op.db(), need.id, member.user)? {
        op.record(Event::NeedUnfollowed { tenant: need.tenant_id, need: need.id, by_mail: None })?;
    }
    Ok(())
}

/// The same for `follower`, who has been shown by a link of a mail that was sent to them: nobody need be logged in, and it does
/// not matter what has become of the need.
///
/// # Errors
/// `NotFound` if there is no such need.
pub fn unfollow_by_mail(op: &mut Op<'_>, need: NeedId, follower: UserId) -> Result<()> {
    let Some(organisation) = store::followed_for(op.db(), need, follower)? else { return Ok(()) };
    let need = store::find(op.db(), need)?;
    if store::unfollow(op.db(), need.id, follower)? {
        let by_mail = Some((follower, organisation));
        op.record(Event::NeedUnfollowed { tenant: need.tenant_id, need: need.id, by_mail })?;
    }
    Ok(())
}

/// Characters of a volume.
const VOLUME: usize = 300;

/// # Errors
/// `Invalid` (`volume`): it says nothing, is more than a line, or is too long.
pub fn volume(typed: &str) -> Result<String> {
    let mut input = Input::default();
    let volume = input.required_line("volume", typed, VOLUME);
    input.finish()?;
    Ok(volume)
}

/// Another buyer has the same need and says how much of it.
///
/// # Errors
/// `Conflict` (`already-joined`) if it has joined; (`need-not-open`) unless the need is published.
pub fn join(op: &mut Op<'_>, need: Permit<policy::Join, Need>, volume: &str) -> Result<Need> {
    // Others may conclude at the same time.
    let need = store::hold(op.db(), need.into_inner().id)?;
    if need.status != Status::Published {
        return Err(Error::Conflict("need-not-open"));
    }
    let member = op.member()?;
    let now = op.now();
    if !store::join(op.db(), need.id, &member, volume, now)? {
        return Err(Error::Conflict("already-joined"));
    }
    // Whoever joins hears of changes and of the outcome, like those who follow.
    store::follow(op.db(), need.id, member.user, member.organisation, now)?;
    changes::announce(op, need.id)?;
    op.record(Event::NeedJoined {
        tenant: need.tenant_id,
        need: need.id,
        joiner: member.organisation,
        volume: volume.to_owned(),
    })?;
    store::find(op.db(), need.id)
}

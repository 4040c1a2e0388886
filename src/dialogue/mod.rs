//! The conversation with the market about a need: questions and answers, responses, and what became of it.
pub mod api;
mod ask;
mod attach;
mod conclude;
mod delete;
#[expect(clippy::module_inception, reason = "each slice has a file for the thing itself")]
mod dialogue;
mod files;
pub mod policy;
mod respond;
mod store;
pub mod web;

pub use ask::{answer, answer_text, ask, question_text};
pub use attach::{Attachment, AttachmentId, FileChanges, attach, detach, edit_with_files, supplement};
pub use conclude::{conclude, outcome_words};
pub use delete::delete_draft;
pub use dialogue::{Outcome, OutcomeKind, Question, QuestionId, Response, ResponseId};
pub use files::{Attachments, NewFile, Written, remove_orphans};
pub use respond::{NewResponse, mark_read, respond, respond_in_words, thank, thanks_text};
pub use store::{
    answered_of, attachment, attachments_of_need, attachments_of_responses, files_of_versions, find_question,
    find_response, outcome, outcomes_awaited, outcomes_of, participants_of, questions_asked_by, questions_of,
    response_of, responses_by, told_outcomes, unanswered_of, unread_by_need,
};

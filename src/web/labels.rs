//! What the fields of a form are called, and in which order they stand: read from its template, so that the summary of what is wrong
//! names them as the form itself does.
use crate::platform::language::{Arg, Language};
use serde_json::Value;

/// A row of fields has a number, which its template writes so.
const INDEX: &str = "{{index}}";

/// The parts of a form in which one chooses.
const CHOICES: [&str; 3] = ["web/partials/select", "web/partials/checkboxes", "web/partials/radios"];

/// A field of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Label {
    /// The name of the field; of rows of fields, what stands before the number.
    field: String,
    is_row: bool,
    /// Of the text.
    key: String,
    /// The text has the number of the row in it.
    is_numbered: bool,
    /// One chooses, and writes nothing.
    is_choice: bool,
}

/// The fields of a template, in its order.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels(Vec<Label>);

impl Labels {
    /// Of the template `name`, with what it includes. `source`: the text of a template.
    pub fn read(name: &str, source: &impl Fn(&str) -> Option<String>) -> Self {
        let mut labels = Vec::new();
        collect(name, source, &mut labels);
        Self(labels)
    }

    /// Gives what is wrong (`Errors`, written as JSON) its label, in the order of the form. What is not of a field comes last.
    pub fn name(&self, errors: &mut [Value], language: Language) {
        for error in errors.iter_mut() {
            error["label"] = self.label(error["field"].as_str().unwrap_or_default(), language).into();
        }
        errors.sort_by_key(|error| self.place(error["field"].as_str().unwrap_or_default()));
    }

    fn find(&self, field: &str) -> Option<(usize, &Label, usize)> {
        self.0.iter().enumerate().find_map(|(at, label)| match field.strip_prefix(&label.field)? {
            "" if !label.is_row => Some((at, label, 0)),
            row if label.is_row => Some((at, label, row.parse().ok()?)),
            _ => None,
        })
    }

    /// All fields of a row come before those of the next.
    fn place(&self, field: &str) -> (usize, usize, usize) {
        let Some((at, label, row)) = self.find(field) else { return (usize::MAX, 0, 0) };
        let first = self.0[..at].iter().rposition(|before| before.is_row != label.is_row).map_or(0, |other| other + 1);
        if label.is_row { (first, row, at) } else { (at, 0, 0) }
    }

    /// What the form calls a field.
    pub fn label(&self, field: &str, language: Language) -> Option<String> {
        let (_, label, row) = self.find(field)?;
        let number = row + 1;
        let text = language.text_with(&label.key, [("number", Arg::Number(i64::try_from(number).unwrap_or_default()))]);
        Some(if label.is_row && !label.is_numbered { format!("{text} {number}") } else { text })
    }

    pub fn is_choice(&self, field: &str) -> bool {
        self.find(field).is_some_and(|(_, label, _)| label.is_choice)
    }
}

fn collect(name: &str, source: &impl Fn(&str) -> Option<String>, labels: &mut Vec<Label>) {
    let Some(text) = source(name) else { return };
    let mut rest = text.as_str();
    while let Some((at, is_label)) = next(rest) {
        let found = &rest[at..];
        let end = if !is_label {
            "}}"
        } else if found.starts_with("<h2") {
            "</h2>"
        } else {
            "</label>"
        };
        let Some((tag, after)) = found.split_once(end) else { return };
        rest = after;
        if is_label {
            // A heading that can be led to stands for the part below it.
            let part = between(tag, " id=\"", "\" tabindex=\"-1\"").filter(|_| tag.starts_with("<h2"));
            labels.extend(label(part.or_else(|| between(tag, " for=\"", "\"")), between(tag, "{{t \"", "\""), tag));
            continue;
        }
        let partial = tag.trim_start_matches(['{', '~', '>', ' ']).split_whitespace().next().unwrap_or_default();
        let named = between(tag, " name=\"", "\"").or(partial.strip_suffix("/cpv").map(|_| "cpv"));
        let key = between(tag, " label=(t \"", "\"").or_else(|| between(tag, " legend=(t \"", "\""));
        match label(named, key, tag) {
            Some(label) => labels.push(label),
            None => collect(partial, source, labels),
        }
    }
}

/// Where the next label, heading or included template begins, and whether it is one of the former.
fn next(text: &str) -> Option<(usize, bool)> {
    let first = |what: &str, is_label| text.find(what).map(|at| (at, is_label));
    [first("<label ", true), first("<h2 ", true), first("{{> web/", false), first("{{~> web/", false)]
        .into_iter()
        .flatten()
        .min()
}

fn label(field: Option<&str>, key: Option<&str>, tag: &str) -> Option<Label> {
    let (field, key) = (field?, key?);
    let row = field.strip_suffix(INDEX);
    Some(Label {
        field: row.unwrap_or(field).to_owned(),
        is_row: row.is_some(),
        key: key.to_owned(),
        is_numbered: tag.contains("number=number"),
        is_choice: CHOICES.iter().any(|partial| tag.contains(partial)),
    })
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_wrong_has_the_label_of_its_field_and_comes_in_the_order_of_the_form() {
        let form = "{{> web/partials/field name=\"title\" label=(t \"needs-form-title-label\") type=\"text\"}}\n\
            {{#each effects}}<label class=\"a\" for=\"effect_metric_{{index}}\">{{t \"needs-form-effect-metric-label\"}}</label>\
            <label for=\"effect_target_{{index}}\">{{t \"needs-form-effect-target-label\"}}</label>{{/each}}\
            {{> web/areas}}{{> web/partials/cpv label=(t \"needs-form-cpv-label\") picker=form.cpv}}";
        let areas =
            "{{~> web/partials/checkboxes name=\"areas\" legend=(t \"needs-form-areas-label\") options=options}}";
        let labels = Labels::read("web/form", &|name: &str| match name {
            "web/form" => Some(form.to_owned()),
            "web/areas" => Some(areas.to_owned()),
            _ => None,
        });
        let fields = ["elsewhere", "cpv", "areas", "effect_metric_11", "effect_target_2", "effect_metric_2", "title"];
        let mut errors: Vec<Value> = fields.iter().map(|field| json!({"field": field, "message": "!"})).collect();
        labels.name(&mut errors, Language::Nb);
        let told = errors.iter().map(|e| (e["field"].as_str().unwrap(), e["label"].as_str().unwrap_or_default()));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                ("title", "Tittel"),
                ("effect_metric_2", "Hva vil dere måle? 3"),
                ("effect_target_2", "Mål 3"),
                ("effect_metric_11", "Hva vil dere måle? 12"),
                ("areas", "Satsingsområde"),
                ("cpv", "CPV-koder"),
                ("elsewhere", ""),
            ]
        );
    }
}

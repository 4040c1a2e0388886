//! The main story, as people see it: in a browser, against the real program with its demo data.
//!
//! At every page: a picture of it on a phone and on a desk (`target/screenshots`), axe-core finds nothing against WCAG
//! 2.1 A and AA, nothing is wider than the screen, and the browser has nothing to refuse (content security policy).
//! Needs Chromium and its driver on the machine (`CHROMEDRIVER` names another one). Without them it is left out with a
//! word, or fails when `CI=true`.
#![expect(clippy::unwrap_used, reason = "a test may stop where it cannot go on")]
#![expect(clippy::print_stderr, reason = "what is left out is said")]
mod chromium;
mod demo;
mod look;
#[path = "../support/schema.rs"]
mod schema;
mod window;

use chromium::Chromium;
use demo::Demo;
use window::Window;

/// A company that the demo does not know; its number is synthetic.
const NUMBER: &str = "398001028";
const COMPANY: &str = "Trygg Trapp AS";
const FOUNDER: &str = "frida@tryggtrapp.example";
const PASSWORD: &str = "fire rolige elger 2026";
const TITLE: &str = "Færre eldre som faller i egen bolig";
const SECRET: &str = "Prisen er 4 711 kroner per bolig";
const QUESTION: &str = "Gjelder behovet også omsorgsboliger?";

/// What is passed on from one part of the story to the next.
struct Story<'a> {
    demo: &'a Demo,
    chromium: &'a Chromium,
}

#[tokio::test]
async fn a_need_is_written_found_answered_and_concluded() {
    let Some(chromium) = Chromium::start() else { return };
    let demo = Demo::start();
    let story = Story { demo: &demo, chromium: &chromium };

    let buyer = story.enter("buyer", "Stavanger").await;
    let need = story.the_buyer_describes_a_need(&buyer).await;
    story.everybody_may_look_around().await;
    let founder = story.a_founder_registers_a_company().await;
    story.the_founder_finds_and_follows_it(&founder, &need).await;
    story.the_buyer_corrects_it(&buyer, &need).await;
    story.the_founder_asks_and_responds(&founder, &need).await;
    story.the_buyer_answers_reads_thanks_and_concludes(&buyer, &need).await;
    story.the_founder_knows_how_it_went(&founder, &need).await;
    story.the_adviser_sees_it_and_nothing_confidential(&need).await;
    story.the_administrator_sees_to_the_members().await;
    story.the_operator_sees_the_mails().await;
    chromium.findings.expect_none();
}

impl Story<'_> {
    async fn window(&self) -> Window {
        self.chromium.window(&self.demo.url).await
    }

    /// Someone of the demo logs in.
    async fn enter(&self, role: &str, organisation: &str) -> Window {
        let login = self.demo.login(role, organisation);
        let window = self.window().await;
        window.log_in(&login.email, &login.password).await;
        window
    }

    async fn the_buyer_describes_a_need(&self, buyer: &Window) -> String {
        buyer.go("/min-side").await;
        buyer.look("buyer-desk").await;
        buyer.go("/statistikk").await;
        buyer.see("form.bb-report").await;
        buyer.look("statistics-buyer").await;
        buyer.go("/behov/nytt").await;
        buyer.look("need-form-empty").await;
        buyer.fill("title", TITLE).await;
        buyer.fill("summary", "Stavanger vil at flere eldre skal bo trygt hjemme uten å falle.").await;
        buyer.press("main button[value=save]").await;

        buyer.expect(".bb-flash", "Utkastet er lagret").await;
        buyer.see(".bb-missing-list a[href='#problem']").await;
        buyer.look("need-form-missing").await;
        let path = buyer.path().await;
        let need = path.trim_end_matches("/rediger").to_owned();

        buyer.press("button[value=preview]").await;
        buyer.see(".bb-missing").await;
        buyer.look("need-preview-missing").await;
        buyer.press(".bb-missing a.ds-button").await;

        // What is wrong is told at its field, and what was typed is still there.
        buyer.fill("contact_email", "ingen adresse").await;
        buyer.press("button[value=save]").await;
        buyer.see("#contact_email-error").await;
        assert_eq!(buyer.value("contact_email").await, "ingen adresse");
        buyer.look("need-form-errors").await;

        buyer
            .fill("problem", "Hvert år faller mange eldre hjemme. Mange blir liggende lenge før noen merker det.")
            .await;
        buyer.fill("affected", "Om lag 2 900 hjemmeboende over 80 år, og de pårørende.").await;
        buyer
            .fill("current_situation", "Hjemmetjenesten kommer etterpå. Trygghetsalarmen brukes sjelden ved fall.")
            .await;
        buyer.fill("effect_metric_0", "Fall som fører til sykehusopphold, per år").await;
        buyer.fill("effect_baseline_0", "212").await;
        buyer.fill("effect_target_0", "150").await;
        buyer.set("effect_by_0", "2028-12-31").await;
        buyer.fill("constraints", "Bilder fra boligen skal ikke lagres.").await;
        buyer.tick("#areas-helse_i_alt").await;
        buyer.tick("#innovation_kind-innovative_solution").await;
        buyer.fill("budget_amount", "3 000 000").await;
        buyer.fill("cpv", "85000000").await;
        // Whoever does not know the code looks for it; the form comes back as it was.
        buyer.fill("cpv_q", "rullestol").await;
        buyer.press("button[value=cpv]").await;
        buyer.see("#cpv-33193120").await;
        assert_eq!(buyer.value("budget_amount").await, "3 000 000");
        buyer.look("need-form-cpv").await;
        buyer.tick("#cpv-33193120").await;
        buyer.set("response_deadline_date", &in_days(60)).await;
        buyer.set("response_deadline_time", "12:00").await;
        buyer.fill("contact_email", "fall@stavanger.kommune.example").await;
        buyer.press("button[value=preview]").await;

        buyer.see("form[action$='/forhandsvis'] button").await;
        buyer.expect(".bb-preview h2", TITLE).await;
        buyer.look("need-preview-ready").await;
        buyer.press("form[action$='/forhandsvis'] button").await;
        buyer.expect(".bb-flash", "Behovet er publisert").await;
        buyer.expect("h1", TITLE).await;
        buyer.look("need-published").await;
        self.a_notice_is_drawn_up(buyer).await;
        need
    }

    /// From the page of the need, and back to it.
    async fn a_notice_is_drawn_up(&self, buyer: &Window) {
        let need = buyer.path().await;
        for (form, name) in [("e1", "notice-consultation"), ("planning", "notice-plan")] {
            buyer.go(&format!("{need}/kunngjoring/{form}")).await;
            buyer.look(name).await;
            // E1 wants English words. A plan is content with what the need has, but not with an amount in words.
            if form == "planning" {
                buyer.fill("value", "fem millioner").await;
            }
            buyer.press("form.bb-form button[type=submit]").await;
            buyer.see("#errors").await;
            buyer.look(&format!("{name}-errors")).await;
        }
        buyer.go(&format!("/nn{need}/kunngjoring/e1")).await;
        buyer.look("notice-consultation-nynorsk").await;
        buyer.go(&need).await;
    }

    async fn everybody_may_look_around(&self) {
        let visitor = self.window().await;
        for (path, name) in [
            ("/", "front"),
            ("/?q=finnesikke", "front-nothing-found"),
            ("/nn/", "front-nynorsk"),
            ("/en/", "front-english"),
            ("/leverandorer", "suppliers"),
            ("/logg-inn", "login"),
            ("/glemt-passord", "forgot"),
            ("/om", "about"),
            ("/personvern", "privacy"),
            ("/tilgjengelighet", "accessibility"),
            ("/api/docs", "api-docs"),
            ("/behov/finnes-ikke", "not-found"),
            ("/statistikk?region=1103&compare=country", "statistics"),
            ("/nn/statistikk?by=county&source=cases", "statistics-cases-nynorsk"),
            ("/statistikk?by=division", "statistics-by-division"),
            ("/nn/statistikk?from=2001-01-01&to=2001-02-01", "statistics-nothing-found"),
            ("/statistikk?buyer=123", "statistics-errors"),
            ("/innebygd/behov", "framed"),
            ("/nn/innebygd/behov?tema=mork", "framed-dark"),
        ] {
            visitor.go(path).await;
            visitor.look(name).await;
        }
        visitor.go("/leverandorer").await;
        visitor.press(".bb-supplier h2 a").await;
        visitor.see("dl").await;
        visitor.look("supplier").await;
        visitor.close().await;
    }

    async fn a_founder_registers_a_company(&self) -> Window {
        let founder = self.window().await;
        founder.go("/registrer").await;
        founder.look("register").await;
        founder.fill("organisation_number", "398 001 029").await;
        founder.press("main form button[type=submit]").await;
        founder.see("#organisation_number-error").await;
        founder.see("#errors a[href='#email']").await;
        founder.look("register-errors").await;

        founder.fill("organisation_number", NUMBER).await;
        founder.fill("organisation_name", COMPANY).await;
        founder.tick("#kind-startup").await;
        founder.choose("region", "11").await;
        founder.fill("name", "Frida Fallvik").await;
        founder.fill("email", FOUNDER).await;
        founder.fill("password", PASSWORD).await;
        founder.press("main form button[type=submit]").await;
        founder.arrive("/registrer/sendt").await;
        founder.look("register-check-mail").await;

        let link = self.demo.mail_to(FOUNDER, "/bekreft-epost/").await;
        founder.go(&link).await;
        founder.look("confirm").await;
        founder.fill("password", PASSWORD).await;
        founder.press("main form button[type=submit]").await;
        founder.arrive("/min-side").await;
        founder.see(".bb-flash").await;
        founder.look("supplier-desk-empty").await;
        founder.go("/min-side/leverandor").await;
        founder.fill("description", "Vi lager gelender som merker når noen er i ferd med å falle.").await;
        founder.tick("#areas-helse_i_alt").await;
        founder.look("supplier-form").await;
        founder.press("main form button[type=submit]").await;
        founder.see(".bb-flash").await;
        founder
    }

    async fn the_founder_finds_and_follows_it(&self, founder: &Window, need: &str) {
        let reference = need.rsplit('/').next().unwrap_or_default();
        let found = format!(".bb-need a[href$='{reference}']");
        founder.go("/").await;
        founder.fill("q", "fall i boligen").await;
        founder.press("search button").await;
        founder.see(&found).await;
        founder.look("search").await;
        founder.go("/").await;
        founder.choose("region", "11").await;
        founder.choose("area", "helse_i_alt").await;
        founder.press("search button").await;
        founder.see(&found).await;
        founder.go("/?cpv=85&region=1103").await;
        founder.press(&found).await;
        founder.press("button[value=follow]").await;
        founder.expect(".bb-flash", "Du følger behovet").await;
        founder.see("button[value=unfollow]").await;
        founder.look("need-followed").await;
    }

    async fn the_buyer_corrects_it(&self, buyer: &Window, need: &str) {
        buyer.go(&format!("{need}/rediger")).await;
        buyer.fill("affected", "Om lag 3 100 hjemmeboende over 80 år, og de pårørende.").await;
        buyer.press("main button[value=publish]").await;
        buyer.see("#change_note-error").await;
        buyer.look("need-correction").await;
        buyer.fill("change_note", "Riktig antall hjemmeboende.").await;
        buyer.press("main button[value=publish]").await;
        buyer.expect(".bb-flash", "Endringen er publisert").await;

        buyer.go(&format!("{need}/versjoner")).await;
        buyer.look("versions").await;
        buyer.press(".bb-timeline > li:last-child h2 a").await;
        buyer.expect("main", "2 900 hjemmeboende").await;
        buyer.go(&format!("{need}/versjoner")).await;
        buyer.press(".bb-timeline > li:first-child h2 a").await;
        buyer.expect(".bb-diff", "3 100").await;
        buyer.look("version").await;
        let told = self.demo.mail_to(FOUNDER, need).await;
        assert!(told.starts_with(need), "{told}");
    }

    async fn the_founder_asks_and_responds(&self, founder: &Window, need: &str) {
        founder.go(need).await;
        founder.fill("text", QUESTION).await;
        founder.press("#ask button").await;
        founder.expect(".bb-flash", "Spørsmålet er sendt").await;

        founder.go(&format!("{need}/svar/nytt")).await;
        founder.look("respond").await;
        founder.press("main form button[type=submit]").await;
        founder.see("#text-error").await;
        founder.fill("text", "Vårt gelender merker ustø gange og sier fra før noen faller.").await;
        founder.unfold("confidential_text").await;
        founder.fill("confidential_text", SECRET).await;
        founder.fill("confidential_reason", "Pris er en forretningshemmelighet").await;
        founder.unfold("file_0").await;
        founder.attach("file_0", &self.demo.picture()).await;
        founder.tick("#file_0_confidential").await;
        founder.look("respond-filled").await;
        founder.press("main form button[type=submit]").await;
        founder.expect(".bb-flash", "Svaret er sendt").await;
        founder.expect(".bb-confidential", SECRET).await;
        founder.expect(".bb-files", "gelender.png").await;
        founder.look("response-own").await;
    }

    async fn the_buyer_answers_reads_thanks_and_concludes(&self, buyer: &Window, need: &str) {
        buyer.go("/min-side").await;
        buyer.expect("main", QUESTION).await;
        buyer.look("buyer-desk-waiting").await;
        buyer.go(need).await;
        buyer.press("a[href*='/sporsmal/']").await;
        buyer.fill("answer", "Ja, også omsorgsboliger.").await;
        buyer.look("answer").await;
        buyer.press("main form button[type=submit]").await;
        buyer.expect(".bb-qa", "Ja, også omsorgsboliger.").await;

        buyer.go(&format!("{need}/svar")).await;
        buyer.look("responses").await;
        buyer.press(".bb-records a").await;
        buyer.expect(".bb-confidential", SECRET).await;
        buyer.look("response").await;
        buyer.press("form[action$='/lest'] button").await;
        buyer.expect(".bb-flash", "lest").await;
        buyer.fill("thanks", "Takk for et grundig svar.").await;
        buyer.press("form[action$='/takk'] button").await;
        buyer.expect(".bb-flash", "Takken er sendt").await;
        buyer.look("response-thanked").await;

        buyer.go(&format!("{need}/utfall")).await;
        buyer.look("outcome").await;
        buyer.tick("#kind-pilot").await;
        buyer.fill("text", "Vi prøver ut to løsninger i tjue boliger til våren.").await;
        buyer.press("main form button[type=submit]").await;
        buyer.expect(".bb-outcome", "tjue boliger").await;
        buyer.look("need-concluded").await;
        for (path, name) in [
            ("/min-side/hendelser", "trail"),
            ("/min-side/konto", "account"),
            ("/min-side/konto/slett", "account-delete"),
            ("/min-side/medlemmer", "members"),
        ] {
            buyer.go(path).await;
            buyer.look(name).await;
        }
    }

    async fn the_founder_knows_how_it_went(&self, founder: &Window, need: &str) {
        founder.go(need).await;
        founder.expect(".bb-qa", "Ja, også omsorgsboliger.").await;
        founder.expect(".bb-outcome", "tjue boliger").await;
        founder.press("a[href*='/svar/']").await;
        founder.expect("main", "Takk for et grundig svar.").await;
        founder.look("response-own-concluded").await;
        founder.go("/min-side").await;
        founder.look("supplier-desk").await;
    }

    async fn the_adviser_sees_it_and_nothing_confidential(&self, need: &str) {
        let adviser = self.enter("adviser", "").await;
        adviser.go("/min-side").await;
        adviser.look("adviser-desk").await;
        adviser.go("/radgiver?q=faller").await;
        adviser.expect("main table", TITLE).await;
        adviser.look("portfolio").await;
        adviser.go("/statistikk").await;
        adviser.look("statistics-adviser").await;
        adviser.go(need).await;
        adviser.expect("h1", TITLE).await;
        let page = adviser.source().await;
        assert!(!page.contains(SECRET) && !page.contains(COMPANY), "the adviser sees who responded, or with what");
        adviser.go(&format!("{need}/svar")).await;
        let page = adviser.source().await;
        assert!(!page.contains(SECRET) && !page.contains(COMPANY), "the adviser sees the responses");
        adviser.look("not-for-advisers").await;
    }

    async fn the_administrator_sees_to_the_members(&self) {
        let admin = self.enter("admin", "Stavanger").await;
        admin.go("/min-side/medlemmer").await;
        admin.fill("email", "en.kollega.med.en.ganske.lang.adresse@kommune.example").await;
        admin.press("form[action$='/medlemmer'] button").await;
        admin.expect(".bb-flash", "Invitasjonen er sendt").await;
        admin.look("members-admin").await;
        admin.press("form[action$='/trekk'] button").await;
        admin.expect(".bb-flash", "trukket tilbake").await;
        admin.press("a[aria-label='Endre Ingrid Hegrevik']").await;
        admin.look("member-last-administrator").await;
        admin.go("/min-side/medlemmer").await;
        admin.press("a[aria-label='Endre Amina Farahi']").await;
        admin.look("member").await;
        admin.go("/min-side/konto").await;
        admin.look("account-admin").await;
        admin.press("a[href$='/slett']").await;
        admin.look("account-delete-last-administrator").await;
    }

    async fn the_operator_sees_the_mails(&self) {
        let operator = self.enter("operator", "").await;
        operator.go("/min-side").await;
        operator.look("operator-desk").await;
        operator.go("/utboks").await;
        operator.look("outbox").await;
    }
}

/// A day as date fields hold it.
#[expect(clippy::disallowed_methods, reason = "the program runs by the machine's clock, and so does its test")]
fn in_days(days: i64) -> String {
    (chrono::Utc::now() + chrono::TimeDelta::days(days)).date_naive().to_string()
}

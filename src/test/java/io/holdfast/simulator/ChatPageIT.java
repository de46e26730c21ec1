package io.holdfast.simulator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChatPageIT extends ChatPageStage {
    private static final String SCRIPT = "<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>";

    @Test
    void enter_sends_and_the_answer_arrives_by_itself() {
        write("hello there");
        assertThat(bubbles()).hasCount(2);
        assertThat(bubbles().first()).hasClass(Pattern.compile("\\bmine\\b"));
        assertThat(bubbles().first()).containsText("hello there");
        assertThat(bubbles().last()).containsText("You wrote: hello there");
        assertThat(page.locator("#text")).hasValue("");
    }

    @Test
    void shift_enter_makes_a_second_line() {
        page.locator("#text").pressSequentially("one");
        page.press("#text", "Shift+Enter");
        page.locator("#text").pressSequentially("two");
        page.press("#text", "Enter");
        assertThat(bubbles().last()).containsText("You wrote: one\ntwo");
    }

    @Test
    void a_pressed_button_shows_what_the_bot_answers_to_it() {
        write("/start");
        button("Press me").click();
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("You pressed it.");
    }

    @Test
    void typing_is_shown_until_the_answer() {
        write("/think");
        assertThat(page.locator("#typing")).hasText("Demo bot is typing…");
        write("done?");
        assertThat(bubbles().last()).containsText("You wrote: done?");
        assertThat(page.locator("#typing")).hasText("");
    }

    @Test
    void an_edited_message_has_its_new_text_and_says_so() {
        write("/edit");
        assertThat(bubbles().last()).containsText("Done.");
        assertThat(bubbles().last().locator(".meta")).containsText("edited");
        assertThat(bubbles()).hasCount(2);
    }

    @Test
    void markup_in_texts_and_names_is_shown_and_runs_nothing() {
        SimChat chat = stage.simulator().privateChat(stage.bot(), SCRIPT);
        stage.send(
                chat,
                SCRIPT,
                ",\"reply_markup\":{\"inline_keyboard\":[[{\"text\":" + Json.quoted(SCRIPT)
                        + ",\"callback_data\":\"x\"}]]}");
        page.locator("#chats button")
                .filter(new Locator.FilterOptions().setHasText("script"))
                .click();
        write(SCRIPT);
        assertThat(page.locator("#title")).hasText(SCRIPT);
        assertThat(bubbles().first()).containsText(SCRIPT);
        assertThat(bubbles().last()).containsText("You wrote: " + SCRIPT);
        assertThat(page.evaluate("window.ran")).isNull();
    }

    @Test
    void a_link_that_would_run_a_script_leads_nowhere() {
        page.evaluate("""
                async () => {
                  const { link } = await import('./format.js');
                  document.querySelector('#subtitle').append(link('javascript:window.ran=1', { id: 'trap' }, 'trap'));
                }""");
        page.click("#trap");
        assertThat(page.locator("#trap")).not().hasAttribute("href", Pattern.compile(".*"));
        assertThat(page.evaluate("window.ran")).isNull();
    }

    @Test
    void a_fault_hits_the_next_call_and_both_panes_say_so() {
        page.locator("#fault [name=kind]").selectOption("server_error");
        page.locator("#fault [name=method]").fill("sendMessage");
        button("Apply").click();
        assertThat(page.locator("#faults li")).containsText("0 of 1");
        write("lost");
        assertThat(page.locator("#faults li")).containsText("1 of 1");
        Locator call = page.locator("#calls li").first();
        assertThat(call).containsText("sendMessage");
        assertThat(call.locator(".fault")).hasText("server error");
        assertThat(call.locator(".bad")).hasText("502");
        write("found");
        assertThat(bubbles().last()).containsText("You wrote: found");
        assertThat(page.locator("#calls li").first().locator(".good")).hasText("200");
        button("Clear all").click();
        assertThat(page.locator("#faults li")).hasCount(0);
    }

    @Test
    void chat_and_writer_are_chosen_by_keyboard_alone() {
        SimUser ben = stage.simulator().createUser("Ben");
        stage.simulator().group("Tea club", List.of(stage.chat().user(), ben), stage.bot());
        Locator chats = page.locator("#chats button");
        assertThat(chats).hasCount(2);
        tabTo(chats.first());
        page.keyboard().press("ArrowDown");
        assertThat(chats.last()).isFocused();
        page.keyboard().press("ArrowUp");
        tabTo(chats.filter(new Locator.FilterOptions().setHasText("Tea club")));
        page.keyboard().press("Enter");
        assertThat(page.locator("#title")).hasText("Tea club");
        assertThat(page.locator("#text")).isFocused();
        page.keyboard().press("Shift+Tab");
        assertThat(page.locator("#user")).isFocused();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Tab");
        page.keyboard().type("hi from Ben");
        page.keyboard().press("Enter");
        assertThat(bubbles().first().locator(".who")).hasText("Ben");
        assertThat(bubbles().last()).containsText("You wrote: hi from Ben");
    }

    @Test
    void a_button_of_the_bot_is_pressed_by_keyboard_and_keeps_the_focus() {
        write("/start");
        assertThat(button("Press me")).isVisible();
        tabTo(button("Press me"));
        stage.send("something else happens");
        assertThat(bubbles()).hasCount(3);
        assertThat(focused()).hasText("Press me");
        page.keyboard().press("Enter");
        assertThat(page.locator("#toast")).hasText("You pressed it.");
    }

    @Test
    void a_slash_lists_the_commands_and_arrows_choose_one() {
        stage.call("setMyCommands", """
                {"commands":[{"command":"edit","description":"Rewrite"},{"command":"start","description":"Say hello"}]}""");
        page.reload();
        assertThat(page.locator("#title")).hasText("Ann");
        page.locator("#text").pressSequentially("/");
        Locator options = page.locator("#commands [role=option]");
        assertThat(options).hasText(new String[] {"/editRewrite", "/startSay hello"});
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");
        assertThat(page.locator("#text")).hasValue("/start ");
        page.keyboard().press("Enter");
        assertThat(bubbles().last()).containsText("Hello Ann!");
    }

    @Test
    void a_narrow_screen_needs_no_sideways_scrolling() {
        visit(new NewContextOptions().setViewportSize(400, 800));
        write("a".repeat(300));
        write("/start");
        assertThat(bubbles().last()).containsText("Hello Ann!");
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(400);
        assertThat(page.locator("#user")).isVisible();
    }

    @Test
    void without_a_bot_the_page_makes_one() {
        try (Simulator empty = Simulator.start(SimulatorConfig.defaults());
                BrowserContext other = browser().newContext()) {
            Page welcome = other.newPage();
            welcome.navigate(empty.url().toString());
            welcome.getByLabel("User name").first().fill("first_bot");
            welcome.locator("#new-bot [name=name]").fill("First bot");
            welcome.keyboard().press("Enter");
            assertThat(welcome.locator("#token")).hasText(Pattern.compile("\\d+:.{30,}"));
            assertThat(welcome.locator("#title")).hasText("Ann");
            assertThat(empty.bots())
                    .singleElement()
                    .extracting(SimBot::username)
                    .isEqualTo("first_bot");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void axe_finds_nothing_serious(ColorScheme scheme) {
        // a message that is still fading in has less contrast than the page at rest, which is what is judged here
        visit(new NewContextOptions()
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(1280, 800));
        write("/start");
        write("/edit");
        page.locator("#fault button.primary").click();
        write("https://example.org and @demo_bot");
        assertThat(page.locator("#calls .bad")).hasText("429");
        page.locator("#text").fill("/");
        assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(scheme == ColorScheme.DARK ? "rgb(14, 22, 33)" : "rgb(238, 241, 245)");
        List<Rule> serious = new AxeBuilder(page)
                .analyze().getViolations().stream()
                        .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                        .toList();
        assertThat(serious)
                .extracting(rule -> rule.getId() + " " + rule.getNodes())
                .isEmpty();
    }
}

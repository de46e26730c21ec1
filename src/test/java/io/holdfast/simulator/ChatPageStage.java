package io.holdfast.simulator;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.holdfast.testkit.Chromium;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The chat page in a browser, a bot that answers, and a watch on the console and on whom the page calls. */
abstract class ChatPageStage {
    private static Optional<Chromium> chromium = Optional.empty();

    private final List<String> complaints = new ArrayList<>();
    Stage stage;
    Page page;
    private EchoBot bot;
    private @Nullable BrowserContext context;

    @BeforeAll
    static void open() {
        chromium = Chromium.openIfInstalled();
        assumeTrue(chromium.isPresent(), Chromium.MISSING);
    }

    @AfterAll
    static void close() {
        chromium.ifPresent(Chromium::close);
        chromium = Optional.empty();
    }

    @BeforeEach
    void visit() {
        stage = Stage.open();
        bot = new EchoBot(stage.simulator(), stage.bot());
        visit(new NewContextOptions());
    }

    @AfterEach
    void nothing_went_wrong_in_the_console_and_no_other_host_was_asked() {
        leave();
        bot.close();
        stage.close();
        assertThat(complaints).isEmpty();
    }

    static Browser browser() {
        return chromium.orElseThrow().browser();
    }

    /** Comes with another screen, as another visitor. */
    final void visit(NewContextOptions options) {
        leave();
        BrowserContext visitor = browser().newContext(options);
        context = visitor;
        String home = stage.simulator().url().toString();
        visitor.onRequest(request -> {
            if (!request.url().startsWith(home)) {
                complaints.add("request to " + request.url());
            }
        });
        page = visitor.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.navigate(home);
        assertThat(page.locator("#live")).hasText("live");
        assertThat(page.locator("#title")).hasText("Ann");
    }

    private void leave() {
        if (context != null) {
            context.close();
        }
    }

    void write(String text) {
        page.fill("#text", text);
        page.press("#text", "Enter");
    }

    Locator bubbles() {
        return page.locator("#messages .msg");
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    Locator focused() {
        return page.locator(":focus");
    }

    void tabTo(Locator target) {
        for (int i = 0; i < 60; i++) {
            if ((Boolean) target.evaluate("element => element === document.activeElement")) {
                return;
            }
            page.keyboard().press("Tab");
        }
        assertThat(target).isFocused();
    }
}

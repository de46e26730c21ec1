package io.holdfast.rig;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimUser;
import io.holdfast.simulator.Simulator;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.Chromium;
import io.holdfast.testkit.ServerProcess;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes the pictures of the chat page anew: the built server answers, a browser writes and presses, nothing is painted.
 *
 * <p>docs/internals/pictures.md says how it is run. The one argument is the folder; docs/images when there is none.
 */
final class Screenshots {
    private final Simulator simulator;
    private final SimBot bot;
    private final Page page;

    private Screenshots(Simulator simulator, SimBot bot, Page page) {
        this.simulator = simulator;
        this.bot = bot;
        this.page = page;
    }

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length == 0 ? "docs/images" : arguments[0]);
        try (Chromium chromium = Chromium.openIfInstalled().orElseThrow();
                Installation installation = Installation.start(ServerProcess.built(), SimulatorConfig.defaults());
                BrowserContext context = chromium.browser().newContext(screen())) {
            Simulator simulator = installation.simulator();
            SimBot bot = simulator.createBot("demo_bot", "Demo bot");
            installation.client().createBot(installation.tenant(), bot.token(), bot.name());
            Screenshots screenshots = new Screenshots(simulator, bot, context.newPage());
            screenshots.prepare();
            screenshots.talk();
            screenshots.take(folder.resolve("chat-page.png"), ColorScheme.LIGHT);
            screenshots.take(folder.resolve("chat-page-dark.png"), ColorScheme.DARK);
        }
    }

    private static NewContextOptions screen() {
        return new NewContextOptions()
                .setViewportSize(1280, 800)
                .setDeviceScaleFactor(1.5)
                .setLocale("en-GB")
                .setTimezoneId("UTC");
    }

    /** Other chats first, so that the one of the picture is on top. */
    private void prepare() {
        SimUser ann = simulator.createUser("Ann");
        SimUser ben = simulator.createUser("Ben");
        SimChat club = simulator.group("Tea club", List.of(ann, ben), bot);
        simulator.say(bot, club, "/echo the kettle is on");
        simulator.say(bot, simulator.privateChat(bot, ben), "/remind 2h biscuits");
        simulator.privateChat(bot, ann);
        page.navigate(simulator.url().toString());
        chats("kettle is on #1").waitFor();
        chats("I will remind you").waitFor();
        chats("Ann").click();
    }

    private Locator chats(String text) {
        return page.locator("#chats button").filter(new Locator.FilterOptions().setHasText(text));
    }

    /** One send fails on purpose: the answer comes all the same, and the calls beside the chat show why. */
    private void talk() {
        say("/help", "/remind <after> <text>");
        say("/start", "Hello Ann!");
        press("Status");
        answer("At work on node");
        page.locator("#fault [name=method]").fill("sendMessage");
        press("Apply");
        say("/echo hello", "hello #1");
        say("/remind 10s tea", "I will remind you");
        answer("⏰ tea");
        page.locator("#text").blur();
    }

    private void say(String text, String answer) {
        page.locator("#text").fill(text);
        page.keyboard().press("Enter");
        answer(answer);
    }

    private void answer(String text) {
        page.locator("#messages .msg:not(.mine)")
                .filter(new Locator.FilterOptions().setHasText(text))
                .waitFor(new Locator.WaitForOptions().setTimeout(60_000));
    }

    private void press(String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private void take(Path file, ColorScheme scheme) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.screenshot(new ScreenshotOptions().setPath(file));
        System.out.println("Made " + file);
    }
}

import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { addDays, today } from "../../src/lib/dates.ts";
import { waitFor } from "../support/network.ts";
import { type Screen, Visitor } from "./visitor.ts";

/**
 * Defines the tests of everything that a user does with the page, from signing up to deleting the
 * account. They need only the URL of a running system and remove their data from it.
 */
export function describeJourney(
  screen: Screen,
  target: () => { readonly browser: Browser; readonly url: string },
): void {
  describe(`on a ${screen.name}, ${screen.width} pixels wide`, () => {
    let visitor: Visitor;

    before(async () => {
      const { browser, url } = target();
      visitor = await Visitor.open(browser, screen, url);
    });
    afterEach(async function () {
      if (this.currentTest?.state === "failed") await visitor.screenshot("failed");
    });
    after(async () => {
      await visitor.context.close();
    });

    const titleField = () => visitor.field("What is there to do?");
    const addTask = async (text: string): Promise<void> => {
      await titleField().fill(text);
      await titleField().press("Enter");
      await visitor.task(text).waitFor();
    };
    const sendMessage = async (text: string): Promise<void> => {
      await visitor.field("Message").fill(text);
      await visitor.field("Message").press("Enter");
    };
    const isSecure = (): boolean => new URL(visitor.page.url()).protocol === "https:";
    const focusedElement = (): Promise<string> =>
      visitor.page.evaluate(() => {
        const element = document.activeElement;
        return (
          element?.getAttribute("aria-label") ??
          element?.getAttribute("name") ??
          element?.tagName ??
          ""
        );
      });

    it("shows the sign-in form", async () => {
      await visitor.page.goto("/");
      assert.match(await visitor.page.title(), /Todo/);
      await visitor.button("Sign in").waitFor();
      await visitor.check("sign-in");
    });

    it("reports a wrong password and keeps the input", async () => {
      await visitor.field("Email address").fill(visitor.email);
      await visitor.field("Password").fill(visitor.password);
      await visitor.field("Password").press("Enter");
      const alert = visitor.page.getByRole("alert").filter({ hasText: "is wrong" });
      await alert.waitFor();
      assert.equal(await visitor.field("Email address").inputValue(), visitor.email);
      await visitor.check("sign-in-refused");
    });

    it("signs up", async () => {
      await visitor.button("Create an account").click();
      await visitor.field("Name").fill("Ada Lovelace");
      assert.equal(await visitor.field("Password").inputValue(), visitor.password);
      await visitor.check("sign-up");
      await visitor.button("Create account").click();
      await visitor.page.getByText("Nothing to do.").waitFor();
      await visitor.check("empty");
    });

    it("gets HttpOnly and SameSite cookies", async () => {
      const cookies = await visitor.context.cookies();
      assert.ok(cookies.some(({ name }) => name.endsWith("better-auth.session_token")));
      for (const { name, httpOnly, sameSite, secure } of cookies) {
        // Over plain HTTP, a browser would not send a secure cookie back.
        const expected = { httpOnly: true, sameSite: "Lax", secure: isSecure() };
        assert.deepEqual({ httpOnly, sameSite, secure }, expected, name);
      }
    });

    it("adds a task with the keyboard", async () => {
      await titleField().focus();
      await visitor.page.keyboard.type("Water the plants");
      await visitor.page.keyboard.press("Enter");
      await visitor.task("Water the plants").waitFor();
      assert.equal(await titleField().inputValue(), "");
      assert.equal(await focusedElement(), "title");
    });

    it("adds a task with details", async () => {
      await titleField().fill("Send the invoice");
      await visitor.button("More details").click();
      await visitor.field("Description").fill("For November,\nwith the hours");
      await visitor.page.locator(".new-task").getByLabel("Priority").selectOption("high");
      await visitor.field("Due date").fill(addDays(today(), -3));
      await visitor.field("Tags").fill("Work, #money");
      await visitor.check("new-task");
      await visitor.button("Add").click();
      const task = visitor.task("Send the invoice");
      await task.waitFor();
      await task.getByText("High priority").waitFor();
      await task.getByText("Overdue").waitFor();
      await visitor.button("Show tasks with the tag money", task).waitFor();
    });

    it("edits a task with the keyboard, and the focus returns", async () => {
      await visitor.button("Edit Water the plants").focus();
      await visitor.page.keyboard.press("Enter");
      await visitor.page.keyboard.press("End");
      await visitor.page.keyboard.type(" on the balcony");
      await visitor.field("Due date").fill(today());
      await visitor.check("editing");
      await visitor.field("Title").press("Enter");
      await visitor.task("Water the plants on the balcony").getByText("Due today").waitFor();
      assert.equal(await focusedElement(), "Edit Water the plants on the balcony");
    });

    it("adds a task with the chat, and the list is updated", async () => {
      await visitor.show("Chat");
      await visitor.check("chat-empty");
      await sendMessage("add buy milk tomorrow");
      await visitor.page.locator(".message.assistant[aria-busy=false]").first().waitFor();
      await visitor.check("chat");
      await visitor.show("Tasks");
      const milk = visitor.page.getByRole("checkbox", { name: /milk/i });
      await milk.waitFor();
      await visitor.task("buy milk").getByText("Due tomorrow").waitFor();
      await visitor.check("tasks");
    });

    it("lists and completes tasks with the chat", async () => {
      await visitor.show("Chat");
      await sendMessage("what is due tomorrow?");
      const answers = visitor.page.locator(".message.assistant[aria-busy=false]");
      await waitFor(async () => (await answers.count()) === 2, "the second answer");
      assert.match((await answers.last().textContent()) ?? "", /milk/i);
      await sendMessage("complete buy milk");
      await waitFor(async () => (await answers.count()) === 3, "the third answer");
      await visitor.show("Tasks");
      await waitFor(
        () => visitor.page.getByRole("checkbox", { name: /milk/i }).isChecked(),
        "the task to be done",
      );
    });

    it("renames a conversation with the keyboard", async () => {
      await visitor.show("Chat");
      await visitor.button("Rename chat").focus();
      await visitor.page.keyboard.press("Enter");
      const renameField = visitor.field("Title of the conversation");
      assert.equal(await renameField.inputValue(), "add buy milk tomorrow");
      await renameField.fill("Groceries");
      await visitor.check("chat-rename");
      await renameField.press("Enter");
      await renameField.waitFor({ state: "detached" });
      await visitor.page.locator(":focus").getByText("Rename chat").waitFor();
      const chosen = visitor.field("Conversation").locator("option:checked");
      assert.equal(await chosen.textContent(), "Groceries");
      await visitor.show("Tasks");
    });

    it("completes, reopens, deletes and restores a task", async () => {
      const box = visitor.page.getByRole("checkbox", { name: "Send the invoice" });
      await box.check();
      await visitor.page.getByText("2 of 3 done").waitFor();
      await box.uncheck();
      await visitor.page.getByText("1 of 3 done").waitFor();
      await visitor.button("Delete Send the invoice").click();
      await visitor.page.getByText("1 of 2 done").waitFor();
      await waitFor(
        async () => (await focusedElement()) !== "BODY",
        "the focus to go to another task",
      );
      await visitor.button("Undo").click();
      await visitor.task("Send the invoice").getByText("Overdue").waitFor();
    });

    it("searches, filters and sorts", async () => {
      const tasks = visitor.page.locator(".task");
      await visitor.field("Search").fill("PLANTS balcony");
      await waitFor(async () => (await tasks.count()) === 1, "one task");
      await visitor.field("Search").fill("no such task");
      await visitor.page.getByText("No task is like that.").waitFor();
      await visitor.button("Show all tasks").click();
      await waitFor(async () => (await tasks.count()) === 3, "all tasks");
      await visitor.button("Filter and sort").click();
      await visitor.field("Show").selectOption("done");
      await waitFor(async () => (await tasks.count()) === 1, "one task that is done");
      await visitor.check("filtered");
      await visitor.button("Show all tasks").click();
      await visitor.button("Show tasks with the tag work").click();
      await waitFor(async () => (await tasks.count()) === 1, "one task with the tag");
      await visitor.button("Show all tasks").click();
      await visitor.field("Sort").selectOption("title");
      await waitFor(async () => (await tasks.count()) === 3, "all tasks");
      await waitFor(
        async () => /milk/i.test((await tasks.first().textContent()) ?? ""),
        "the list by title",
      );
      await visitor.field("Sort").selectOption("createdAt");
      await visitor.button("Filter and sort").click();
    });

    it("keeps search and filters after a reload and with the back button", async () => {
      const tasks = visitor.page.locator(".task");
      await visitor.field("Search").fill("the");
      await waitFor(async () => (await tasks.count()) === 2, "two tasks");
      await visitor.button("Show tasks with the tag work").click();
      await waitFor(async () => (await tasks.count()) === 1, "one task with the tag");
      await visitor.page.reload();
      await visitor.task("Send the invoice").waitFor();
      assert.equal(await tasks.count(), 1);
      assert.equal(await visitor.field("Search").inputValue(), "the");
      await visitor.page.goto("about:blank");
      await visitor.page.goBack();
      await visitor.task("Send the invoice").waitFor();
      assert.equal(await tasks.count(), 1);
      await visitor.button("Show all tasks").click();
      await waitFor(async () => (await tasks.count()) === 3, "all tasks");
      assert.equal(new URL(visitor.page.url()).search, "");
    });

    it("shows tasks and conversations again after a reload", async () => {
      await visitor.page.reload();
      await visitor.task("Water the plants on the balcony").waitFor();
      assert.equal(await visitor.page.locator(".task").count(), 3);
      await visitor.show("Chat");
      await visitor.page.locator(".message.user").getByText("add buy milk tomorrow").waitFor();
      const chosen = visitor.field("Conversation").locator("option:checked");
      assert.equal(await chosen.textContent(), "Groceries");
      assert.equal(await visitor.page.locator(".message.assistant").count(), 3);
      await visitor.button("New chat").click();
      await visitor.page.getByText("Say what is to be done").waitFor();
      await visitor.show("Tasks");
    });

    it("reports that a task has changed meanwhile, and overwrites nothing", async () => {
      const { tasks } = (await (
        await visitor.page.request.get("/api/tasks?search=plants")
      ).json()) as {
        tasks: { id: string }[];
      };
      await visitor.button("Edit Water the plants on the balcony").click();
      await visitor.field("Title").fill("Water all plants");
      const origin = new URL(visitor.page.url()).origin;
      const changed = await visitor.page.request.patch(`/api/tasks/${tasks[0]?.id}`, {
        ...{ data: { title: "Water the roses", priority: "low" }, headers: { origin } },
      });
      assert.equal(changed.status(), 200);
      await visitor.field("Title").press("Enter");
      const alert = visitor.page.getByRole("alert").filter({ hasText: "Water the roses" });
      await alert.waitFor();
      assert.equal(await visitor.field("Title").inputValue(), "Water all plants");
      await visitor.check("conflict");
      await visitor.button("Save mine anyway").click();
      await visitor.task("Water all plants").getByText("Low priority").waitFor();
    });

    it("reports that it is offline and keeps the input", async () => {
      await visitor.context.setOffline(true);
      await visitor.page.getByText("You are offline.").waitFor();
      await titleField().fill("Call the bank");
      await titleField().press("Enter");
      await visitor.page.getByRole("alert").filter({ hasText: "can't be reached" }).waitFor();
      await visitor.check("offline");
      assert.equal(await titleField().inputValue(), "Call the bank");
      await visitor.context.setOffline(false);
      await waitFor(
        async () =>
          (await visitor.page.getByRole("alert").filter({ hasText: "can't" }).count()) === 0,
        "the problem to go",
      );
      await addTask("Call the bank");
    });

    it("shows that it is loading, reports that the API is down, and recovers automatically", async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await visitor.page.route("**/api/tasks?*", async (route) => {
        await held;
        await route.fulfill({ status: 503, contentType: "application/problem+json", body: "{}" });
      });
      await visitor.page.reload();
      await visitor.page.getByText("Loading the list…").waitFor();
      await visitor.check("loading");
      release();
      await visitor.page.getByRole("alert").filter({ hasText: "right now" }).waitFor();
      await visitor.check("error");
      await visitor.page.unroute("**/api/tasks?*");
      await visitor.task("Call the bank").waitFor();
      assert.equal(
        await visitor.page.getByRole("alert").filter({ hasText: "right now" }).count(),
        0,
      );
    });

    it("sends a message again with the same id after a lost connection", async () => {
      await visitor.show("Chat");
      const ids: string[] = [];
      await visitor.page.route("**/messages", async (route) => {
        if (route.request().method() !== "POST") return route.fallback();
        ids.push((route.request().postDataJSON() as { id: string }).id);
        if (ids.length > 1) return route.fallback();
        // The API receives the request, but the browser gets no answer.
        await route.fetch();
        return route.abort("connectionreset");
      });
      await visitor.button("New chat").click();
      await sendMessage("add buy bread");
      await visitor.page.locator(".message.assistant[aria-busy=false]").first().waitFor();
      await visitor.page.unroute("**/messages");
      assert.equal(ids.length, 2);
      assert.equal(ids[0], ids[1]);
      await visitor.show("Tasks");
      await visitor.page.getByRole("checkbox", { name: /bread/i }).waitFor();
      assert.equal(await visitor.page.getByRole("checkbox", { name: /bread/i }).count(), 1);
    });

    it("completes a turn while another conversation is open", async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await visitor.page.route("**/messages", async (route) => {
        if (route.request().method() === "POST") await held;
        await route.continue();
      });
      await visitor.show("Chat");
      await sendMessage("add buy apples");
      await visitor.page.locator(".message.assistant[aria-busy=true]").waitFor();
      await visitor.button("New chat").click();
      await visitor.page.getByText("Say what is to be done").waitFor();
      release();
      await visitor.show("Tasks");
      await visitor.page.getByRole("checkbox", { name: /apples/i }).waitFor();
      await visitor.page.unroute("**/messages");
    });

    it("reports a failed message and replaces it with the next one", async () => {
      const detail = "This can't be answered.";
      await visitor.page.route("**/messages", async (route) => {
        if (route.request().method() !== "POST") return route.fallback();
        const { content } = route.request().postDataJSON() as { content: string };
        if (content !== "what is wrong?") return route.fallback();
        const body = JSON.stringify({ status: 422, detail });
        return route.fulfill({ status: 422, contentType: "application/problem+json", body });
      });
      await visitor.show("Chat");
      await visitor.button("New chat").click();
      await sendMessage("what is wrong?");
      const alert = visitor.page.getByRole("alert").filter({ hasText: detail });
      await alert.waitFor();
      await visitor.check("chat-failed");
      await visitor.button("Try again").click();
      await alert.waitFor();
      await visitor.button("Dismiss").click();
      await alert.waitFor({ state: "detached" });
      assert.equal(await visitor.page.locator(".message").count(), 0);
      await sendMessage("what is wrong?");
      await alert.waitFor();
      await sendMessage("what is due today?");
      await visitor.page.locator(".message.assistant[aria-busy=false]").waitFor();
      assert.equal(await alert.count(), 0);
      assert.equal(await visitor.page.locator(".message").count(), 2);
      await visitor.page.unroute("**/messages");
      await visitor.show("Tasks");
    });

    it("shows that a conversation is loading", async () => {
      let release: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      await visitor.page.route("**/messages", async (route) => {
        await held;
        await route.continue();
      });
      await visitor.page.reload();
      await visitor.show("Chat");
      await visitor.page.getByText("Loading the chat…").waitFor();
      await visitor.check("chat-loading");
      release();
      await visitor.page.locator(".message.assistant").waitFor();
      await visitor.page.unroute("**/messages");
      await visitor.show("Tasks");
    });

    it("asks to sign in again when the session has ended, and keeps the input", async () => {
      await visitor.show("Chat");
      await visitor.field("Message").fill("what is overdue?");
      await visitor.show("Tasks");
      await titleField().fill("Read a book");
      await visitor.context.clearCookies();
      await titleField().press("Enter");
      const dialog = visitor.page.getByRole("dialog", { name: "Sign in again" });
      await dialog.waitFor();
      await visitor.check("session-ended");
      assert.equal(await visitor.field("Email address", dialog).inputValue(), visitor.email);
      await visitor.field("Password", dialog).fill(visitor.password);
      await visitor.field("Password", dialog).press("Enter");
      await dialog.waitFor({ state: "detached" });
      assert.equal(await titleField().inputValue(), "Read a book");
      await titleField().press("Enter");
      await visitor.task("Read a book").waitFor();
      await visitor.show("Chat");
      assert.equal(await visitor.field("Message").inputValue(), "what is overdue?");
      await visitor.field("Message").fill("");
      await visitor.show("Tasks");
    });

    it("changes the name and the password", async () => {
      await visitor.button(/Account of/).click();
      const dialog = visitor.page.getByRole("dialog", { name: "Account" });
      await visitor.check("account");
      await visitor.field("Name", dialog).fill("Ada King");
      await visitor.button("Change name", dialog).click();
      await dialog.getByText("The name is changed.").waitFor();
      await visitor.field("Current password", dialog).fill("not the password");
      await visitor.field("New password", dialog).fill(`${visitor.password}!`);
      await visitor.button("Change password", dialog).click();
      await dialog.getByRole("alert").filter({ hasText: "The password is wrong." }).waitFor();
      await visitor.field("Current password", dialog).fill(visitor.password);
      await visitor.button("Change password", dialog).click();
      await dialog.getByText("The password is changed").waitFor();
      await visitor.page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      await visitor.page.locator(":focus").getByText("Ada King").waitFor();
    });

    it("signs out and in again", async () => {
      await visitor.button("Sign out").click();
      await visitor.page.getByText("You are signed out.").waitFor();
      await visitor.check("signed-out");
      await visitor.page.reload();
      await visitor.field("Email address").fill(visitor.email);
      await visitor.field("Password").fill(`${visitor.password}!`);
      await visitor.button("Sign in").click();
      await visitor.task("Read a book").waitFor();
    });

    it("deletes the account with its data", async () => {
      await visitor.button(/Account of/).click();
      const dialog = visitor.page.getByRole("dialog", { name: "Account" });
      await visitor.field("Password, to confirm", dialog).fill(`${visitor.password}!`);
      await visitor.button("Delete account", dialog).click();
      await visitor.page.getByText("Your account is deleted").waitFor();
      const me = await visitor.page.request.get("/api/me");
      assert.equal(me.status(), 401);
    });

    it("causes no errors in the browser", () => {
      assert.deepEqual(visitor.errors, []);
    });
  });
}

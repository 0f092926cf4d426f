import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";

/** Where screenshots are kept; git leaves this folder out. */
const ARTIFACTS = fileURLToPath(new URL("../../../../artifacts/browser/", import.meta.url));

/** A screen. */
export interface Screen {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** Somebody with a browser, an email address and a password. */
export class Visitor {
  readonly email = `ada-${randomUUID()}@example.org`;
  readonly password = `pass-${randomUUID()}`;
  /** What the browser complained about. */
  readonly complaints: string[] = [];

  private constructor(
    readonly screen: Screen,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on("pageerror", (error) => this.complaints.push(String(error)));
    page.on("console", (message) => {
      // The browser reports each failed request; those that fail here do so on purpose.
      const failed = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !failed) this.complaints.push(message.text());
    });
  }

  static async open(browser: Browser, screen: Screen, baseURL: string): Promise<Visitor> {
    const { width, height } = screen;
    const context = await browser.newContext({
      ...{ baseURL, viewport: { width, height }, locale: "en-GB" },
      ...{ reducedMotion: "reduce", hasTouch: width < 600 },
    });
    context.setDefaultTimeout(15_000);
    return new Visitor(screen, context, await context.newPage());
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole("button", { name, exact: true });
  }

  field(name: string, within: Page | Locator = this.page): Locator {
    return within.getByLabel(name, { exact: true });
  }

  task(title: string): Locator {
    return this.page.getByRole("listitem").filter({
      has: this.page.getByRole("checkbox", { name: title, exact: true }),
    });
  }

  /** Shows the tasks or the chat, where there is room for one of them only. */
  async view(name: "Tasks" | "Chat"): Promise<void> {
    const button = this.button(name, this.page.getByRole("navigation", { name: "Views" }));
    if (await button.isVisible()) await button.click();
  }

  /** Asserts that axe finds nothing, in light and dark, and keeps a screenshot of each. */
  async check(state: string): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      await this.page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page: this.page }).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`,
      );
      await this.shot(`${state}-${colorScheme}`);
      assert.deepEqual(found, [], `${state}, ${colorScheme}`);
    }
    await this.page.emulateMedia({ colorScheme: "light" });
    await this.fits();
  }

  /** Asserts that nothing is wider than the screen, also on the narrowest phone. */
  async fits(): Promise<void> {
    const { width, height } = this.screen;
    for (const one of new Set([width, width < 600 ? 320 : width])) {
      await this.page.setViewportSize({ width: one, height });
      const wide = await this.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= one, `the page is ${wide} px wide on a screen of ${one} px`);
    }
    await this.page.setViewportSize({ width, height });
  }

  async shot(name: string): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: path.join(ARTIFACTS, `${this.screen.name}-${name}.png`) });
  }
}

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";

/** The folder of the screenshots, at the root of the repository. Git ignores it. */
const SCREENSHOT_FOLDER = fileURLToPath(new URL("../../../../artifacts/browser/", import.meta.url));

/** The viewport of a browser, in CSS pixels. */
export interface Screen {
  /** Prefix of the screenshots. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** A user in a browser, with the data for an account. */
export class Visitor {
  readonly email = `ada-${randomUUID()}@example.org`;
  readonly password = `pass-${randomUUID()}`;
  /** Script errors and messages that the browser has logged as errors. */
  readonly errors: string[] = [];

  constructor(
    readonly screen: Screen,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      // The browser also logs failed requests. The tests make requests fail on purpose.
      const failed = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !failed) this.errors.push(message.text());
    });
  }

  /** Opens a browser context with a page for this screen. Relative URLs refer to `baseURL`. */
  static async open(browser: Browser, screen: Screen, baseURL: string): Promise<Visitor> {
    const { width, height } = screen;
    const context = await browser.newContext({
      ...{ baseURL, viewport: { width, height }, locale: "en-GB" },
      ...{ reducedMotion: "reduce", hasTouch: width < 600 },
    });
    context.setDefaultTimeout(15_000);
    return new Visitor(screen, context, await context.newPage());
  }

  /** Finds a button by its exact name. */
  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole("button", { name, exact: true });
  }

  /** Finds a form control by its exact label. */
  field(name: string, within: Page | Locator = this.page): Locator {
    return within.getByLabel(name, { exact: true });
  }

  /** Finds a task in the list by its exact title. */
  task(title: string): Locator {
    return this.page.getByRole("listitem").filter({
      has: this.page.getByRole("checkbox", { name: title, exact: true }),
    });
  }

  /** Switches to the tasks or the chat on a screen that shows only one of them. */
  async show(name: "Tasks" | "Chat"): Promise<void> {
    const button = this.button(name, this.page.getByRole("navigation", { name: "Views" }));
    if (await button.isVisible()) await button.click();
  }

  /** Asserts that axe finds no violation in light and dark mode, and saves a screenshot of each. */
  async check(state: string): Promise<void> {
    for (const colorScheme of ["light", "dark"] as const) {
      await this.page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page: this.page }).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`,
      );
      await this.screenshot(`${state}-${colorScheme}`);
      assert.deepEqual(found, [], `${state}, ${colorScheme}`);
    }
    await this.page.emulateMedia({ colorScheme: "light" });
    await this.assertNoOverflow();
  }

  /** Asserts that the page does not scroll sideways, on a phone also at a width of 320 px. */
  async assertNoOverflow(): Promise<void> {
    const { width, height } = this.screen;
    for (const viewportWidth of new Set([width, width < 600 ? 320 : width])) {
      await this.page.setViewportSize({ width: viewportWidth, height });
      const pageWidth = await this.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(
        pageWidth <= viewportWidth,
        `the page is ${pageWidth} px wide on a screen of ${viewportWidth} px`,
      );
    }
    await this.page.setViewportSize({ width, height });
  }

  /** Saves a screenshot. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOT_FOLDER, { recursive: true });
    await this.page.screenshot({
      path: path.join(SCREENSHOT_FOLDER, `${this.screen.name}-${name}.png`),
    });
  }
}

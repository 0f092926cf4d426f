import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { describeJourney } from "./journey.ts";
import { startSystem, type System } from "./system.ts";

describe("in a browser", function () {
  this.timeout(120_000);
  let browser: Browser;
  let system: System;
  const cleanups: (() => Promise<unknown>)[] = [];

  before(async function () {
    // Includes the time to install Chromium and to build the backend.
    this.timeout(600_000);
    browser = await launchChromium();
    cleanups.unshift(() => browser.close());
    system = await startSystem();
    cleanups.unshift(() => system.stop());
  });
  after(async () => {
    for (const cleanup of cleanups) await cleanup();
  });

  const target = () => ({ browser, url: system.url });
  describeJourney({ name: "desktop", width: 1280, height: 800 }, target);
  describeJourney({ name: "phone", width: 390, height: 780 }, target);
});

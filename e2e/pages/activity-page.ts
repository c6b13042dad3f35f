import type { Locator, Page } from "@playwright/test";

export class ActivityPage {
  /** One per generation, newest first. */
  readonly rows: Locator;
  readonly panel: Locator;
  /** The lines of the open generation's route, those that were tried first. */
  readonly tracks: Locator;
  readonly older: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.rows = page
      .getByRole("table")
      .getByRole("row")
      .filter({ has: page.getByRole("button") });
    this.panel = page.getByRole("dialog", { name: "Generation" });
    this.tracks = this.panel.getByRole("figure").getByRole("listitem");
    this.older = page.getByRole("link", { name: "Older" });
  }

  async open(generationId?: string): Promise<void> {
    await this.page.goto(generationId === undefined ? "/activity" : `/activity?generation=${generationId}`);
  }
}

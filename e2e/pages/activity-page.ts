import type { Locator, Page } from "@playwright/test";

export class ActivityPage {
  /** One per generation, newest first. */
  readonly rows: Locator;
  readonly panel: Locator;
  /** The lines of the open generation's route, those that were tried first. */
  readonly tracks: Locator;
  readonly older: Locator;
  readonly newer: Locator;
  readonly filters: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.rows = page
      .getByRole("table", { name: "Your requests, newest first" })
      .getByRole("row")
      .filter({ has: page.getByRole("button") });
    this.panel = page.getByRole("dialog", { name: "Generation" });
    this.tracks = this.panel.getByRole("figure").getByRole("listitem");
    this.older = page.getByRole("link", { name: "Older" });
    this.newer = page.getByRole("link", { name: "Newer" });
    this.filters = page.getByRole("search", { name: "Filter the activity" });
  }

  async open(generationId?: string): Promise<void> {
    await this.page.goto(generationId === undefined ? "/activity" : `/activity?generation=${generationId}`);
  }

  /** Chooses from one of the lists that are searched by typing. */
  async filterBy(list: "Model" | "Provider" | "Key" | "App", option: string): Promise<void> {
    await this.filters.getByRole("button", { name: new RegExp(`^${list}`) }).click();
    await this.page.getByPlaceholder("Type to search").fill(option);
    await this.page.getByRole("option", { name: option }).first().click();
  }
}

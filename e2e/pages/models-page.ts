import type { Locator, Page } from "@playwright/test";

export class ModelsPage {
  /** One per model, whether the list is a table or cards. */
  readonly rows: Locator;
  readonly search: Locator;
  readonly order: Locator;
  /** How many models are left, such as "12 of 419 models". */
  readonly count: Locator;
  readonly filters: Locator;
  /** The filters on a phone. */
  readonly sheet: Locator;
  readonly active: Locator;
  readonly picked: Locator;
  readonly comparison: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    const table = page.getByRole("table", { name: "Models", exact: true }).getByRole("row");
    const cards = page.getByRole("list", { name: "Models", exact: true }).getByRole("listitem");
    const isModel = { has: page.getByRole("checkbox", { name: /^Compare/ }) };
    this.rows = table.filter(isModel).or(cards.filter(isModel));
    this.search = page.getByRole("searchbox", { name: "Search models" });
    this.order = page.getByRole("combobox", { name: "Order" });
    this.count = page
      .getByRole("status")
      .filter({ hasText: /models$/ })
      .first();
    this.filters = page.getByRole("complementary", { name: "Filters" });
    this.sheet = page.getByRole("dialog", { name: "Filters" });
    this.active = page.getByRole("list", { name: "Filters in force" });
    this.picked = page.getByRole("region", { name: "Picked for comparison" });
    this.comparison = page.getByRole("region", { name: "Side by side" });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/models${query}`);
    // The slider is drawn when the page has come alive.
    await this.page.locator("[role=slider]").first().waitFor({ state: "attached" });
  }

  /** Ids of the models that are shown, in their order. */
  ids(): Promise<string[]> {
    return this.rows
      .locator("a[href*='/']")
      .evaluateAll((links) => links.map((link) => decodeURIComponent(link.getAttribute("href")?.slice(1) ?? "")));
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("link", { name, exact: true }) });
  }

  /** Chooses one of the values that are found by typing. */
  async choose(label: string, typed: string): Promise<void> {
    await this.filters.getByRole("button", { name: label }).click();
    await this.page.getByRole("combobox", { name: label }).or(this.page.getByPlaceholder("Type to search")).fill(typed);
    await this.page.keyboard.press("Enter");
    await this.page.keyboard.press("Escape");
  }
}

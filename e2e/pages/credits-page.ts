import type { Locator, Page } from "@playwright/test";

export class CreditsPage {
  /** Entries of the ledger, newest first. */
  readonly rows: Locator;
  readonly panel: Locator;
  readonly filters: Locator;
  readonly grantForm: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.rows = page
      .getByRole("table", { name: "Entries of your ledger, newest first" })
      .getByRole("row")
      .filter({ has: page.getByRole("button") });
    this.panel = page.getByRole("dialog", { name: "Ledger entry" });
    this.filters = page.getByRole("search", { name: "Filter the ledger" });
    this.grantForm = page.locator("form").filter({ has: page.getByRole("button", { name: "Grant credits" }) });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/settings/credits${query}`);
  }

  /** The figure of that name. */
  figure(name: string): Locator {
    const names = this.page.getByRole("main").getByRole("term").filter({ hasText: name });
    return names.locator("xpath=following-sibling::dd[1]");
  }

  async grant(grant: { email: string; amount: string; note: string }): Promise<void> {
    await this.grantForm.getByLabel("E-mail address").fill(grant.email);
    await this.grantForm.getByLabel("Amount").fill(grant.amount);
    await this.grantForm.getByLabel("What it is for").fill(grant.note);
    await this.grantForm.getByRole("button", { name: "Grant credits" }).click();
  }
}

import type { Locator, Page } from "@playwright/test";

export class IntegrationsPage {
  readonly dialog: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
  }

  async open(): Promise<void> {
    await this.page.goto("/settings/integrations");
  }

  /** The keys for one provider, in the order in which they are tried. */
  rows(provider: string): Locator {
    return this.page
      .getByRole("table", { name: `Your keys for ${provider}` })
      .getByRole("row")
      .filter({ has: this.page.getByRole("button", { name: /^Actions for/ }) });
  }

  async openForm(): Promise<void> {
    await this.page.getByRole("button", { name: "Add a provider key" }).click();
  }

  /** Chooses in the form by typing a part of the name. */
  async choose(field: string, name: string): Promise<void> {
    await this.dialog.getByLabel(new RegExp(`^${field}( \\(optional\\))?$`)).click();
    await this.page.getByPlaceholder("Type to search").fill(name);
    await this.page.getByRole("option", { name, exact: true }).click();
  }

  async add(given: { provider: string; key: string; name: string }): Promise<void> {
    await this.openForm();
    await this.choose("Provider", given.provider);
    await this.dialog.getByLabel("Key", { exact: true }).fill(given.key);
    await this.dialog.getByLabel("Name").fill(given.name);
    await this.dialog.getByRole("button", { name: "Add key" }).click();
    await this.dialog.waitFor({ state: "hidden" });
  }

  /** What can be done to a key, from the menu of its row. */
  async act(name: string, action: "Edit" | "Disable" | "Enable" | "Delete"): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${name}` }).click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }
}

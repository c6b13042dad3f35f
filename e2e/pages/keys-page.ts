import type { Locator, Page } from "@playwright/test";

type NewKey = { name: string; limit?: string; resets?: string; lastDay?: string };

export class KeysPage {
  readonly dialog: Locator;
  readonly secret: Locator;
  readonly rows: Locator;
  /** What is known of one key, along the edge of the screen. */
  readonly panel: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
    this.secret = page.getByRole("dialog", { name: "Your new key" }).getByRole("textbox");
    this.rows = page
      .getByRole("table", { name: /^Your (API|provisioning) keys$/ })
      .getByRole("row")
      .filter({ has: page.getByRole("button") });
    this.panel = page.getByRole("dialog", { name: /^(API|Provisioning) key$/ });
  }

  async open(path = "/settings/keys"): Promise<void> {
    await this.page.goto(path);
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  async openForm(): Promise<void> {
    await this.page.getByRole("button", { name: "Create key" }).click();
  }

  async fillForm(key: NewKey): Promise<void> {
    await this.dialog.getByLabel("Name").fill(key.name);
    if (key.limit !== undefined) await this.dialog.getByLabel("Credit limit").fill(key.limit);
    if (key.resets !== undefined) await this.dialog.getByLabel("Limit resets").selectOption(key.resets);
    if (key.lastDay !== undefined) await this.dialog.getByLabel("Last day").fill(key.lastDay);
    await this.dialog.getByRole("button", { name: "Create key" }).click();
  }

  /** Makes a key and gives what is shown this once. */
  async create(key: NewKey): Promise<string> {
    await this.openForm();
    await this.fillForm(key);
    await this.dialog.getByRole("heading", { name: "Your new key" }).waitFor();
    const secret = await this.secret.inputValue();
    await this.dialog.getByRole("button", { name: "I have saved it" }).click();
    return secret;
  }

  /** What can be done to a key, from the menu of its row. */
  async choose(name: string, action: "Edit" | "Disable" | "Enable" | "Delete"): Promise<void> {
    await this.page.getByRole("button", { name: `Actions for ${name}` }).click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }

  async delete(name: string): Promise<void> {
    await this.choose(name, "Delete");
    await this.page.getByRole("alertdialog").getByRole("button", { name: "Delete key" }).click();
  }
}

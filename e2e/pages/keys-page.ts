import type { Locator, Page } from "@playwright/test";

export class KeysPage {
  readonly dialog: Locator;
  readonly secret: Locator;
  readonly rows: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole("dialog").or(page.getByRole("alertdialog"));
    this.secret = page.getByRole("dialog", { name: "Your new key" }).getByRole("textbox");
    this.rows = page
      .getByRole("table")
      .getByRole("row")
      .filter({ has: page.getByRole("button") });
  }

  async open(): Promise<void> {
    await this.page.goto("/settings/keys");
  }

  async openForm(): Promise<void> {
    await this.page.getByRole("button", { name: "Create key" }).click();
  }

  async fillForm(key: { name: string; limit?: string; resets?: string; lastDay?: string }): Promise<void> {
    await this.dialog.getByLabel("Name").fill(key.name);
    if (key.limit !== undefined) await this.dialog.getByLabel("Credit limit").fill(key.limit);
    if (key.resets !== undefined) await this.dialog.getByLabel("Limit resets").selectOption(key.resets);
    if (key.lastDay !== undefined) await this.dialog.getByLabel("Last day").fill(key.lastDay);
    await this.dialog.getByRole("button", { name: "Create key" }).click();
  }

  /** Makes a key and gives what is shown this once. */
  async create(key: { name: string; limit?: string; resets?: string; lastDay?: string }): Promise<string> {
    await this.openForm();
    await this.fillForm(key);
    await this.dialog.getByRole("heading", { name: "Your new key" }).waitFor();
    const secret = await this.secret.inputValue();
    await this.dialog.getByRole("button", { name: "I have saved it" }).click();
    return secret;
  }

  async revoke(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `Revoke ${name}` }).click();
    await this.dialog.getByRole("button", { name: "Revoke key" }).click();
  }
}

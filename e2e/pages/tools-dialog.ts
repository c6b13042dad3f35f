import { expect, type Locator, type Page } from "@playwright/test";

/** Where tools are seen and tool servers added. */
export class ToolsDialog {
  readonly dialog: Locator;
  readonly tools: Locator;
  readonly servers: Locator;
  readonly form: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.dialog = page.getByRole("dialog", { name: "Tools" });
    this.tools = this.dialog.getByRole("list", { name: "Tools" }).getByRole("listitem");
    this.servers = this.dialog.getByRole("region", { name: "Tool servers" });
    this.form = this.dialog.getByRole("form", { name: "Add a tool server" });
  }

  async open(): Promise<void> {
    await this.page.getByRole("button", { name: "Room settings" }).click();
    await this.page.getByRole("button", { name: "Tools and tool servers" }).click();
    await expect(this.dialog).toBeVisible();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await expect(this.dialog).toBeHidden();
  }

  async add(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(fields)) await this.form.getByLabel(label).fill(value);
    await this.form.getByRole("button", { name: "Add server" }).click();
  }
}

import { expect, type Locator, type Page } from "@playwright/test";

export class ChatPage {
  readonly message: Locator;
  readonly send: Locator;
  readonly stop: Locator;
  readonly tryAgain: Locator;
  /** The answers in view, oldest first. */
  readonly answers: Locator;
  /** What a screen reader hears. */
  readonly announcement: Locator;
  readonly models: Locator;
  readonly addModel: Locator;
  readonly modelSearch: Locator;
  readonly modelOptions: Locator;
  readonly rooms: Locator;
  readonly files: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.message = page.getByLabel("Message", { exact: true });
    this.send = page.getByRole("button", { name: "Send" });
    this.stop = page.getByRole("button", { name: "Stop", exact: true });
    this.tryAgain = page.getByRole("button", { name: "Try again" });
    this.answers = page.getByRole("article");
    this.announcement = page
      .getByRole("main")
      .getByRole("status")
      .filter({ hasText: /answer/i });
    this.models = page.getByRole("list", { name: "Models in this room" });
    this.addModel = page.getByRole("button", { name: "Add a model" });
    this.modelSearch = page.getByRole("combobox", { name: "Search models" });
    this.modelOptions = page.getByRole("listbox", { name: "Models" }).getByRole("option");
    this.rooms = page.getByRole("navigation", { name: "Rooms" });
    this.files = page.getByRole("list", { name: "Files of this question" });
  }

  /** Opens a new room with these models, ready to be asked. */
  async open(...models: readonly string[]): Promise<void> {
    await this.page.goto(models.length === 0 ? "/chat" : `/chat?models=${models.map(encodeURIComponent).join(",")}`);
    await this.isReady();
  }

  async isReady(): Promise<void> {
    await expect(this.models.getByRole("button").first()).toBeVisible();
  }

  async ask(question: string): Promise<void> {
    await this.isReady();
    await this.message.fill(question);
    await this.message.press("Enter");
  }

  /** Lets one provider answer in this room and no other. */
  async askOnly(provider: string): Promise<void> {
    await this.page.getByRole("button", { name: "Room settings" }).click();
    await this.page.getByLabel("Only these").click();
    await this.page.keyboard.type(provider);
    await this.page.getByRole("option", { name: provider }).first().click();
    await this.page.keyboard.press("Escape");
    await expect(this.page.getByLabel("Only these")).toContainText(provider);
    await this.page.keyboard.press("Escape");
    await expect(this.page.getByRole("dialog")).toBeHidden();
  }

  /** Until nothing is on its way any more. */
  async isAnswered(): Promise<void> {
    await expect(this.tryAgain.last()).toBeVisible({ timeout: 20_000 });
    await expect(this.stop).toBeHidden({ timeout: 20_000 });
  }

  /** The figure of that name under the last answer. */
  fact(name: string): Locator {
    const names = this.answers.last().getByRole("term").filter({ hasText: name });
    return names.locator("xpath=following-sibling::dd[1]");
  }

  /** A row of the list of rooms; its menu is opened by `roomMenu`. */
  room(title: string | RegExp): Locator {
    return this.rooms.getByRole("button", { name: title }).and(this.page.locator(":not([aria-haspopup])"));
  }

  async roomMenu(title: string, item: string): Promise<void> {
    await this.room(title).hover();
    await this.page.getByRole("button", { name: `More for ${title}` }).click();
    await this.page.getByRole("menuitem", { name: item }).click();
  }
}

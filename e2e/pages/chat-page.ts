import type { Locator, Page } from "@playwright/test";

export class ChatPage {
  readonly message: Locator;
  readonly send: Locator;
  readonly stop: Locator;
  readonly tryAgain: Locator;
  /** The answers, oldest first. */
  readonly answers: Locator;
  /** What a screen reader hears. */
  readonly announcement: Locator;
  readonly modelButton: Locator;
  readonly modelSearch: Locator;
  readonly modelOptions: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.message = page.getByLabel("Message");
    this.send = page.getByRole("button", { name: "Send" });
    this.stop = page.getByRole("button", { name: "Stop" });
    this.tryAgain = page.getByRole("button", { name: "Try again" });
    this.answers = page.getByRole("article");
    this.announcement = page
      .getByRole("main")
      .getByRole("status")
      .filter({ hasText: /answer/i });
    this.modelButton = page.getByRole("button", { name: "Choose another" });
    this.modelSearch = page.getByRole("combobox", { name: "Search models" });
    this.modelOptions = page.getByRole("option");
  }

  async open(model?: string): Promise<void> {
    await this.page.goto(model === undefined ? "/chat" : `/chat?models=${encodeURIComponent(model)}`);
  }

  async ask(question: string): Promise<void> {
    await this.message.fill(question);
    await this.message.press("Enter");
  }

  /** The figure of that name under the last answer. */
  fact(name: string): Locator {
    const names = this.answers.last().getByRole("term").filter({ hasText: name });
    return names.locator("xpath=following-sibling::dd[1]");
  }
}

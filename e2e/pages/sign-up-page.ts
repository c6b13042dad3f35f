import type { Locator, Page } from "@playwright/test";
import type { Person } from "../fixtures/new-person";

export class SignUpPage {
  readonly name: Locator;
  readonly email: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.name = page.getByLabel("Name");
    this.email = page.getByLabel("E-mail");
    this.password = page.getByLabel("Password");
    this.submit = page.getByRole("button", { name: "Create account" });
  }

  async open(): Promise<void> {
    await this.page.goto("/sign-up");
  }

  async signUp(person: Person): Promise<void> {
    await this.name.fill(person.name);
    await this.email.fill(person.email);
    await this.password.fill(person.password);
    await this.submit.click();
  }
}

import { expectGoodPage } from "./fixtures/expect-good-page";
import { newPerson } from "./fixtures/new-person";
import { expect, PHONE, test } from "./fixtures/test";

test("whoever is new takes the first steps in place", PHONE, async ({ page, signUpPage }) => {
  await signUpPage.open();
  await signUpPage.signUp(newPerson());
  await page.waitForURL("**/welcome");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Welcome");
  await expectGoodPage(page);

  await page.getByRole("button", { name: "Send a question" }).click();
  await expect(page.getByText("It cost $")).toBeVisible();
  await expect(page.getByRole("figure").getByRole("listitem").first()).toContainText("Served");
  await expect(page.getByRole("heading", { name: /Try the sandbox done/ })).toBeVisible();
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Go on" }).click();

  await page.getByRole("button", { name: "Skip this step" }).click();
  await page.getByRole("button", { name: "Create a key" }).click();
  await expect(page.getByRole("textbox")).toHaveValue(/^sk-or-v1-[0-9a-f]{64}$/);
  await expectGoodPage(page);
  await page.getByRole("button", { name: "I have saved it" }).click();
  await expect(page.getByRole("heading", { name: /Create an API key done/ })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("heading", { name: /Add a provider key skipped/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Skip this step" })).toHaveCount(0);
});

test("all steps can be skipped", async ({ page, signUpPage }) => {
  await signUpPage.open();
  await signUpPage.signUp(newPerson());
  await page.waitForURL("**/welcome");
  for (let step = 0; step < 3; step++) await page.getByRole("button", { name: "Skip this step" }).click();
  await expect(page).toHaveURL("/chat");
});

test("whoever was on the way somewhere gets there", async ({ page, signUpPage }) => {
  await page.goto("/sign-up?next=%2Fsettings%2Fkeys");
  await signUpPage.signUp(newPerson());
  await expect(page).toHaveURL("/settings/keys");
});

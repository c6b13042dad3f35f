import { expectGoodPage } from "./fixtures/expect-good-page";
import { newPerson } from "./fixtures/new-person";
import { expect, PHONE, test } from "./fixtures/test";

test("the start page says how to send a request to this installation", PHONE, async ({ page, baseURL }) => {
  await page.goto("/");
  await expect(page.getByText(`curl ${baseURL}/api/v1/chat/completions`)).toBeVisible();
  await expectGoodPage(page);
});

test("a new person signs up, signs out, and signs in again", async ({ page, signUpPage, signInPage }) => {
  const person = newPerson();
  await signUpPage.open();
  await signUpPage.signUp(person);
  await page.waitForURL("**/welcome");
  await page.goto("/chat");
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();

  await signInPage.signOut();
  await page.waitForURL("**/");
  await page.goto("/settings/keys");
  await expect(page).toHaveURL("/sign-in?next=%2Fsettings%2Fkeys");

  await signInPage.signIn(person);
  await expect(page).toHaveURL("/settings/keys");
});

test("a new account can pay for its first questions", async ({ page, person: _signedIn, chatPage }) => {
  await chatPage.ask("Say hello.");
  await expect(chatPage.fact("Cost")).toHaveText(/^\$/);
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
});

test("what is wrong with the form is said next to each field", PHONE, async ({ page, signUpPage }) => {
  await signUpPage.open();
  await signUpPage.signUp({ name: "", email: "ada@", password: "short" });
  await expect(signUpPage.name).toHaveAccessibleDescription("must not be empty");
  await expect(signUpPage.email).toHaveAccessibleDescription("must be an e-mail address");
  await expect(signUpPage.password).toHaveAccessibleDescription("must have at least 8 characters");
  await expect(signUpPage.name).toBeFocused();
  await expectGoodPage(page);
});

test("an e-mail address has one account, whatever its case", async ({ page, person, signInPage, signUpPage }) => {
  await page.goto("/settings/keys");
  await signInPage.signOut();
  await page.waitForURL("**/");
  await signUpPage.open();
  await signUpPage.signUp({ ...newPerson(), email: person.email.toUpperCase() });
  await expect(signUpPage.email).toHaveAccessibleDescription(/account with this e-mail address/);
});

test("a wrong password and an unknown address look alike", async ({ page, person, signInPage }) => {
  await page.goto("/settings/keys");
  await signInPage.signOut();
  await page.waitForURL("**/");
  for (const email of [person.email, newPerson().email]) {
    await signInPage.open();
    await signInPage.signIn({ email, password: "not the password" });
    await expect(signInPage.problem).toHaveText("E-mail address or password is wrong.");
  }
  await expectGoodPage(page);
});

for (const path of ["/chat", "/activity", "/settings/keys"]) {
  test(`${path} sends a stranger to sign in, and back afterwards`, async ({ page }) => {
    const response = await page.request.get(path, { maxRedirects: 0 });
    expect(response.status()).toBe(307);
    expect(response.headers().location).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
  });
}

test("signing in never leads away from here", async ({ page, baseURL, person, signInPage }) => {
  const elsewhere = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example",
    "javascript:alert(1)",
  ];
  for (const next of elsewhere) {
    const response = await page.request.get("/sign-in", { params: { next }, maxRedirects: 0 });
    expect(response.headers().location).toBe("/chat");
  }

  await page.goto("/settings/keys");
  await signInPage.signOut();
  await page.waitForURL("**/");
  await signInPage.open("//evil.example/");
  await signInPage.signIn(person);
  await page.waitForURL("**/chat");
  expect(new URL(page.url()).origin).toBe(baseURL);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("one can sign up all the same, and no password gets into an address", async ({ page, signUpPage }) => {
    await signUpPage.open();
    await signUpPage.signUp(newPerson());
    await page.waitForURL("**/welcome");
    expect(page.url()).not.toContain("password");
  });
});

test("an address that does not exist says so", async ({ page }) => {
  const response = await page.goto("/there/is/nothing");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing at this address");
  await expectGoodPage(page);
});

test("pages allow no inline script, no framing and no guessing of types", async ({ request }) => {
  const headers = (await request.get("/sign-in")).headers();
  const policy = headers["content-security-policy"] ?? "";
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(policy).not.toContain("unsafe");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
});

test("the keyboard can jump past the navigation", async ({ page, person: _signedIn }) => {
  await page.goto("/settings/keys");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#main$/);
});

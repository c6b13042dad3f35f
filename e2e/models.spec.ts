import { expectGoodPage } from "./fixtures/expect-good-page";
import { expect, PHONE, test } from "./fixtures/test";

type Listed = { id: string; name: string };

/** The ids that the API gives for the same query, without those that a page shows on scrolling only. */
const FIRST_ROWS = 40;

test("the first view comes with the page: filtered, in order, without a script", async ({ request }) => {
  const html = await (await request.get("/models?q=haiku&order=pricing-high-to-low")).text();
  expect(html).toContain('href="/anthropic/claude-haiku-4.5"');
  expect(html).not.toContain('href="/openai/gpt-4o"');
  expect(html.indexOf('href="/anthropic/claude-haiku-4.5"')).toBeLessThan(
    html.indexOf('href="/anthropic/claude-3-haiku"'),
  );
  expect(html).toContain('type="application/rss+xml"');
});

test("searching narrows the list with every letter, forgives slips, and clearing brings every model back", async ({
  page,
  modelsPage,
}) => {
  await modelsPage.open();
  const all = await modelsPage.count.textContent();
  await expectGoodPage(page);

  await modelsPage.search.pressSequentially("antropic haiku");
  await expect(modelsPage.row("Anthropic: Claude Haiku 4.5")).toBeVisible();
  for (const id of await modelsPage.ids()) expect(id).toMatch(/anthropic.*haiku/);
  await expect(page).toHaveURL("/models?q=antropic+haiku");

  await modelsPage.search.fill("");
  await expect(modelsPage.count).toHaveText(all ?? "");
  await expect(page).toHaveURL("/models");
});

test("what nothing fits says so, and leads back to everything", async ({ page, modelsPage }) => {
  await modelsPage.open("?q=zzzz&max_price=0");
  await expect(page.getByRole("heading", { name: "No model fits all of that" })).toBeVisible();
  await expectGoodPage(page);
  await page.getByRole("button", { name: "Show all models" }).click();
  await expect(modelsPage.rows).toHaveCount(FIRST_ROWS);
  await expect(modelsPage.search).toHaveValue("");
});

for (const query of [
  "?fmt=cards&input_modalities=audio",
  "?supported_parameters=tools",
  "?order=newest&supported_parameters=structured_outputs",
  "?max_price=0",
  "?output_modalities=image&order=pricing-low-to-high",
  "?context=1000000&order=context-high-to-low",
  "?providers=deepinfra,together&arch=Llama3",
  "?model_authors=anthropic&order=pricing-high-to-low",
  "?category=programming",
  "?distillable=true&zdr=true",
  "?region=eu",
  "?min_price=1&max_price=2",
]) {
  test(`the public link ${query} shows what the API lists for it`, async ({ page, modelsPage }) => {
    const { data } = await (await page.request.get(`/api/v1/models${query}`)).json();
    const expected: string[] = data.map(({ id }: Listed) => id);
    expect(expected.length).toBeGreaterThan(0);

    await modelsPage.open(query);
    await expect(modelsPage.count).toHaveText(new RegExp(`^${expected.length} of`));
    expect(await modelsPage.ids()).toEqual(expected.slice(0, FIRST_ROWS));
    await expect(page.getByRole("list", { name: "Models", exact: true })).toHaveCount(
      query.includes("fmt=cards") ? 1 : 0,
    );
  });
}

test("every choice is in the address: a copied link shows the same view", async ({ page, context, modelsPage }) => {
  await modelsPage.open();
  await modelsPage.filters
    .getByRole("checkbox", { name: /^Images/ })
    .first()
    .check();
  await modelsPage.choose("Supported parameters", "tools");
  await modelsPage.filters.getByRole("combobox", { name: "Category" }).selectOption("Programming");
  await modelsPage.filters.getByRole("slider", { name: "Input price" }).press("ArrowLeft");
  await modelsPage.order.selectOption("Price: high to low");
  await page.getByRole("button", { name: "Cards" }).click();
  await expect(modelsPage.active.getByRole("listitem")).toHaveText(
    ["Reads images", "Input ≤ $20.00 /M", "tools", "Programming", "Clear all"].map(
      (text) => new RegExp(text.replace("$", "\\$")),
    ),
  );
  await expect(page).toHaveURL(
    "/models?input_modalities=image&max_price=20&category=programming&supported_parameters=tools&order=pricing-high-to-low&fmt=cards",
  );

  const link = page.url();
  const ids = await modelsPage.ids();
  expect(ids.length).toBeGreaterThan(2);
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole("list", { name: "Models", exact: true }).getByRole("listitem")).toHaveCount(ids.length);
  const again = await other
    .getByRole("list", { name: "Models", exact: true })
    .getByRole("link")
    .evaluateAll((links) => links.map((found) => found.getAttribute("href")?.slice(1)));
  expect(again).toEqual(ids);
});

test("going back takes back one choice after the other, and a typed word is one of them", async ({
  page,
  modelsPage,
}) => {
  await modelsPage.open();
  await modelsPage.filters.getByRole("checkbox", { name: "Free only" }).check();
  await expect(page).toHaveURL("/models?max_price=0");
  await modelsPage.search.pressSequentially("qwen coder", { delay: 40 });
  await expect(page).toHaveURL("/models?q=qwen+coder&max_price=0");
  await modelsPage.order.selectOption("Newest");
  await expect(page).toHaveURL("/models?q=qwen+coder&max_price=0&order=newest");

  await page.goBack();
  await expect(page).toHaveURL("/models?q=qwen+coder&max_price=0");
  await expect(modelsPage.order).toHaveValue("");
  await page.goBack();
  await expect(page).toHaveURL("/models?max_price=0");
  await expect(modelsPage.search).toHaveValue("");
  await expect(modelsPage.filters.getByRole("checkbox", { name: "Free only" })).toBeChecked();
  await page.goBack();
  await expect(page).toHaveURL("/models");
  await expect(modelsPage.filters.getByRole("checkbox", { name: "Free only" })).not.toBeChecked();
  await page.goForward();
  await expect(modelsPage.active).toContainText("Free");
});

test("whoever comes back from a model finds the place in the list", async ({ page, modelsPage }) => {
  await modelsPage.open("?supported_parameters=tools");
  await page.getByRole("button", { name: "Show more" }).scrollIntoViewIfNeeded();
  await expect.poll(() => modelsPage.rows.count()).toBeGreaterThan(FIRST_ROWS);
  const far = modelsPage.rows.nth(FIRST_ROWS + 20);
  await far.scrollIntoViewIfNeeded();
  const name = (await far.getByRole("link").textContent()) ?? "";
  await far.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();

  await page.goBack();
  await expect(modelsPage.row(name)).toBeInViewport();
  await expect(page).toHaveURL("/models?supported_parameters=tools");
});

test("the whole list is there for whoever scrolls on", async ({ page, modelsPage }) => {
  await modelsPage.open();
  const total = Number.parseInt((await modelsPage.count.textContent()) ?? "", 10);
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, 20_000);
        return modelsPage.rows.count();
      },
      { timeout: 20_000 },
    )
    .toBe(total);
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
});

test("filters need no network", async ({ page, context, modelsPage }) => {
  await modelsPage.open();
  await context.setOffline(true);
  await modelsPage.filters
    .getByRole("checkbox", { name: /^Audio/ })
    .first()
    .check();
  await modelsPage.search.fill("gemini");
  await expect(page).toHaveURL("/models?q=gemini&input_modalities=audio");
  for (const id of await modelsPage.ids()) expect(id).toContain("gemini");
  await context.setOffline(false);
});

test("the keyboard alone filters, sorts, and opens a model", async ({ page, modelsPage }) => {
  await modelsPage.open();
  await page.keyboard.press("/");
  await expect(modelsPage.search).toBeFocused();
  await page.keyboard.type("llama 3.3");
  await expect(modelsPage.row("Meta: Llama 3.3 70B Instruct")).toBeVisible();

  await modelsPage.filters.getByRole("checkbox", { name: "Free only" }).focus();
  await page.keyboard.press("Space");
  await expect(modelsPage.row("Meta: Llama 3.3 70B Instruct")).toHaveCount(0);
  await page.keyboard.press("Space");

  await modelsPage.filters.getByRole("slider", { name: "Context" }).focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("heading", { name: "No model fits all of that" })).toBeVisible();
  await page.keyboard.press("Home");

  await page.getByRole("columnheader", { name: "Input" }).getByRole("button").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("columnheader", { name: "Input" })).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL("/models?q=llama+3.3&order=pricing-low-to-high");

  await modelsPage.row("Meta: Llama 3.3 70B Instruct").getByRole("link").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/meta-llama/llama-3.3-70b-instruct");
});

test("up to four models are put side by side, and a link shows them again", PHONE, async ({ page, modelsPage }) => {
  await modelsPage.open("?q=claude&order=newest");
  const boxes = modelsPage.rows.getByRole("checkbox");
  for (const index of [0, 1, 2, 3]) await boxes.nth(index).check();
  await expect(boxes.nth(4)).toBeDisabled();
  await expectGoodPage(page);
  await modelsPage.picked.getByRole("button", { name: /^Take/ }).last().click();
  await expect(boxes.nth(4)).toBeEnabled();

  const ids = (await modelsPage.ids()).slice(0, 3);
  await modelsPage.picked.getByRole("button", { name: "Compare" }).click();
  await expect(page).toHaveURL(`/models?q=claude&order=newest&compare=${ids.join(",")}`);
  await expect(modelsPage.comparison.getByRole("columnheader")).toHaveCount(3);
  await expect(modelsPage.comparison.getByRole("row", { name: /^Input/ })).toContainText("/M");
  await expectGoodPage(page);

  await page.reload();
  await expect(modelsPage.comparison.getByRole("columnheader")).toHaveCount(3);
  await modelsPage.comparison.getByRole("button", { name: /^Take/ }).first().click();
  await expect(page).toHaveURL(`/models?q=claude&order=newest&compare=${ids.slice(1).join(",")}`);
  await page.goBack();
  await expect(modelsPage.comparison.getByRole("columnheader")).toHaveCount(3);
  await modelsPage.comparison.getByRole("button", { name: "All models" }).click();
  await expect(modelsPage.rows.first()).toBeVisible();
  await expect(page).toHaveURL("/models?q=claude&order=newest");
});

test("on a phone the filters are in a sheet that says what would be left", async ({ page, modelsPage }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await modelsPage.open();
  await page.getByRole("button", { name: "Filters" }).click();
  await modelsPage.sheet.getByRole("checkbox", { name: "Free only" }).check();
  await expectGoodPage(page);
  const shown = modelsPage.sheet.getByRole("button", { name: /^Show \d+ models$/ });
  const left = Number.parseInt((await shown.textContent())?.replace(/\D/g, "") ?? "", 10);
  await shown.click();
  await expect(modelsPage.sheet).toBeHidden();
  await expect(modelsPage.count).toHaveText(new RegExp(`^${left} of`));
  await expect(page.getByRole("button", { name: "Filters" })).toContainText("1");
});

// 390 and 1440 px wide are the tests above.
for (const width of [390, 768]) {
  test(`nothing is wider than ${width} px`, async ({ page, modelsPage }) => {
    test.slow();
    await page.setViewportSize({ width, height: 900 });
    for (const query of ["", "?fmt=cards", "?q=a&input_modalities=audio,file,image&providers=google-vertex&zdr=true"]) {
      await modelsPage.open(query);
      await expectGoodPage(page);
    }
    await page.goto("/models?compare=openai/gpt-oss-120b,openrouter/auto,openai/text-embedding-3-small");
    await expectGoodPage(page);
  });
}

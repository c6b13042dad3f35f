import { expect, test } from "vitest";
import { parseUsd } from "@/lib/money";
import { balanceOutlook } from "./balance-outlook";

test.each([
  { balance: "10", spent: "0", outlook: { level: "fine", daysLeft: null } },
  { balance: "10", spent: "7", outlook: { level: "fine", daysLeft: 10 } },
  { balance: "10", spent: "0.000001", outlook: { level: "fine", daysLeft: null } },
  { balance: "2.99", spent: "7", outlook: { level: "low", daysLeft: 2 } },
  { balance: "3", spent: "7", outlook: { level: "fine", daysLeft: 3 } },
  { balance: "0.49", spent: "0", outlook: { level: "low", daysLeft: null } },
  { balance: "0.5", spent: "0", outlook: { level: "fine", daysLeft: null } },
  { balance: "0.5", spent: "700", outlook: { level: "low", daysLeft: 0 } },
  { balance: "0", spent: "7", outlook: { level: "empty", daysLeft: null } },
  { balance: "-0.1", spent: "7", outlook: { level: "empty", daysLeft: null } },
])("USD $balance after spending $spent in a week is $outlook.level", ({ balance, spent, outlook }) => {
  expect(balanceOutlook(parseUsd(balance), parseUsd(spent), 7)).toEqual(outlook);
});

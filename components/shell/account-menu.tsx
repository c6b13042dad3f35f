"use client";

import { lazy } from "react";
import { buttonStyle } from "@/components/ui/button-style";
import type { AccountMenuProps } from "./menu-props";
import { OnDemand } from "./on-demand";

const load = () => import("./account-menu-content").then((loaded) => ({ default: loaded.AccountMenuContent }));
const AccountMenuContent = lazy(load);

/** Who is signed in, what they may spend, and the way to what is theirs. */
export function AccountMenu(props: AccountMenuProps) {
  const trigger = (
    <button type="button" className={buttonStyle("secondary", "small", "gap-2 px-1.5")}>
      <span
        aria-hidden="true"
        className="grid size-5 place-items-center rounded-tag bg-ink font-semibold text-canvas text-micro"
      >
        {initialOf(props.user.name)}
      </span>
      <span className="sr-only">Account</span>
      {props.balance !== null && <span className="pe-1 max-[26rem]:hidden">{props.balance}</span>}
    </button>
  );
  return (
    <OnDemand trigger={trigger} popup="menu" preload={load}>
      <AccountMenuContent {...props} trigger={trigger} />
    </OnDemand>
  );
}

function initialOf(name: string): string {
  return [...name.trim()][0]?.toUpperCase() ?? "?";
}

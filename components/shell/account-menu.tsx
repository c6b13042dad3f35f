"use client";

import Link from "next/link";
import { useRef } from "react";
import { PersonIcon } from "@/components/ui/icons";

type AccountMenuProps = { user: { name: string; email: string }; onSignOut: () => Promise<void> };

const ITEM = "block w-full rounded-control px-3 py-2 text-start text-sm hover:bg-sunken";

/** Who is signed in, and the way out. The browser's own popover closes it on Escape and on a click beside it. */
export function AccountMenu({ user, onSignOut }: AccountMenuProps) {
  const panel = useRef<HTMLDivElement>(null);
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        className="rounded-full border border-edge/70 bg-raised p-1.5 text-muted hover:text-ink"
      >
        <PersonIcon />
        <span className="sr-only">Account</span>
      </button>
      <div
        ref={panel}
        id="account-menu"
        popover="auto"
        className="fixed inset-auto end-[max(1rem,calc((100vw-72rem)/2+1.5rem))] top-13 m-0 w-64 rounded-panel border bg-raised p-1.5 text-ink shadow-panel"
      >
        <div className="wrap-anywhere px-3 pt-2 pb-2.5 text-sm">
          <p className="font-medium">{user.name}</p>
          <p className="text-muted">{user.email}</p>
        </div>
        <div className="border-t pt-1.5">
          <Link href="/settings/keys" className={ITEM} onClick={() => panel.current?.hidePopover()}>
            API keys
          </Link>
          <form action={onSignOut}>
            <button type="submit" className={ITEM}>
              Sign out
            </button>
          </form>
        </div>
      </div>
    </>
  );
}

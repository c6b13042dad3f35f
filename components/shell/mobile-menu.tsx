"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { iconButtonStyle } from "@/components/ui/button-style";
import { Sheet } from "@/components/ui/sheet";
import { ACCOUNT_NAVIGATION, isCurrent, MAIN_NAVIGATION, type NavigationEntry } from "./navigation";
import type { Theme } from "./theme";
import { ThemeField } from "./theme-field";

type MobileMenuProps = { isSignedIn: boolean; canSignUp: boolean; theme: Theme };

/** The navigation of a phone. */
export function MobileMenu({ isSignedIn, canSignUp, theme }: MobileMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button
        type="button"
        aria-label="Menu"
        aria-haspopup="dialog"
        className={iconButtonStyle("quiet", "regular", "-me-2")}
        onClick={() => setOpen(true)}
      >
        <MenuIcon aria-hidden="true" className="size-5" />
      </button>
      <Sheet open={isOpen} onClose={close} title="Menu" side="start">
        <nav aria-label="Main" className="-mt-2 grid">
          {MAIN_NAVIGATION.map((entry) => (
            <Entry key={entry.href} entry={entry} onFollow={close} />
          ))}
        </nav>
        <nav aria-label="Account" className="mt-4 grid">
          {isSignedIn ? (
            ACCOUNT_NAVIGATION.map((entry) => <Entry key={entry.href} entry={entry} onFollow={close} />)
          ) : (
            <>
              <Entry entry={{ href: "/sign-in", label: "Sign in" }} onFollow={close} />
              {canSignUp && <Entry entry={{ href: "/sign-up", label: "Sign up" }} onFollow={close} />}
            </>
          )}
        </nav>
        <div className="mt-6">
          <ThemeField theme={theme} />
        </div>
      </Sheet>
    </>
  );
}

function Entry({ entry: { href, label }, onFollow }: { entry: NavigationEntry; onFollow: () => void }) {
  const isHere = isCurrent(href, usePathname());
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      className="border-b py-2.5 text-base aria-[current=page]:font-semibold aria-[current=page]:text-signal"
      onClick={onFollow}
    >
      {label}
    </Link>
  );
}

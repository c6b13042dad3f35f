"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Slot } from "radix-ui";
import { type ReactElement, useState } from "react";
import { Sheet } from "@/components/ui/sheet";
import type { MobileMenuProps } from "./menu-props";
import { ACCOUNT_NAVIGATION, isCurrent, MAIN_NAVIGATION, type NavigationEntry } from "./navigation";
import { ThemeField } from "./theme-field";

type MobileMenuContentProps = MobileMenuProps & { trigger: ReactElement };

export function MobileMenuContent({ trigger, isSignedIn, canSignUp, theme }: MobileMenuContentProps) {
  const [isOpen, setOpen] = useState(true);
  const close = () => setOpen(false);
  return (
    <>
      <Slot.Root onClick={() => setOpen(true)}>{trigger}</Slot.Root>
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

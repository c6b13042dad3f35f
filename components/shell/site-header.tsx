import Link from "next/link";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { AccountMenu } from "./account-menu";
import type { MenuUser } from "./menu-props";
import { MobileMenu } from "./mobile-menu";
import { NavLink } from "./nav-link";
import { MAIN_NAVIGATION } from "./navigation";
import { SearchButton } from "./search-button";
import type { Theme } from "./theme";
import { ThemeMenu } from "./theme-menu";
import { Wordmark } from "./wordmark";

type SiteHeaderProps = {
  /** `null` for a visitor who is not signed in. */
  user: MenuUser | null;
  /** What is left to spend; `null` where nothing is charged. */
  balance: ReactNode;
  /** May a stranger make an account here? */
  canSignUp: boolean;
  theme: Theme;
  onSignOut: () => Promise<void>;
};

export function SiteHeader({ user, balance, canSignUp, theme, onSignOut }: SiteHeaderProps) {
  return (
    <header className="sticky top-0 z-20 border-b bg-canvas">
      <div className="mx-auto flex h-header max-w-page items-center gap-1.5 px-gutter">
        <Link href="/" className="me-2 flex items-center rounded-control py-1 md:me-4">
          <Wordmark />
        </Link>
        <nav aria-label="Main" className="me-auto hidden md:flex">
          {MAIN_NAVIGATION.map((entry) => (
            <NavLink key={entry.href} entry={entry} />
          ))}
        </nav>
        <div className="ms-auto flex items-center gap-1.5">
          <SearchButton isSignedIn={user !== null} isAdmin={user?.isAdmin ?? false} />
          {user === null ? (
            <>
              <span className="max-md:hidden">
                <ThemeMenu theme={theme} />
              </span>
              <ButtonLink href="/sign-in" variant={canSignUp ? "quiet" : "primary"} size="small">
                Sign in
              </ButtonLink>
              {canSignUp && (
                <ButtonLink href="/sign-up" variant="primary" size="small" className="max-[26rem]:hidden">
                  Sign up
                </ButtonLink>
              )}
            </>
          ) : (
            <AccountMenu user={user} balance={balance} theme={theme} onSignOut={onSignOut} />
          )}
          <span className="md:hidden">
            <MobileMenu isSignedIn={user !== null} canSignUp={canSignUp} theme={theme} />
          </span>
        </div>
      </div>
    </header>
  );
}

import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { AccountMenu } from "./account-menu";
import { NavLink } from "./nav-link";
import { Wordmark } from "./wordmark";

const NAVIGATION = [
  { href: "/chat", label: "Chat" },
  { href: "/activity", label: "Activity" },
  { href: "/settings/keys", label: "Keys" },
] as const;

type SiteHeaderProps = {
  /** `null` for a visitor who is not signed in. */
  user: { name: string; email: string } | null;
  /** May a stranger make an account here? */
  canSignUp: boolean;
  onSignOut: () => Promise<void>;
};

export function SiteHeader({ user, canSignUp, onSignOut }: SiteHeaderProps) {
  return (
    <header className="sticky top-0 z-20 border-b bg-canvas/92 backdrop-blur">
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-1 px-4 sm:gap-2 sm:px-6">
        <Link href="/" className="me-auto flex items-center rounded-control py-1 sm:me-4">
          <Wordmark />
        </Link>
        {user === null ? (
          <div className="ms-auto flex items-center gap-2">
            <Link href="/sign-in" className={buttonStyle("quiet", "small")}>
              Sign in
            </Link>
            {canSignUp && (
              <Link href="/sign-up" className={buttonStyle("primary", "small")}>
                Sign up
              </Link>
            )}
          </div>
        ) : (
          <>
            <nav aria-label="Main" className="flex items-center sm:me-auto sm:gap-1">
              {NAVIGATION.map((entry) => (
                <NavLink key={entry.href} href={entry.href}>
                  {entry.label}
                </NavLink>
              ))}
            </nav>
            <AccountMenu user={user} onSignOut={onSignOut} />
          </>
        )}
      </div>
    </header>
  );
}

import type { ReactNode } from "react";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="mx-auto w-full max-w-sm flex-1 px-4 py-12 sm:py-20">
      {children}
    </main>
  );
}

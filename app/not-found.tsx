import type { Metadata } from "next";
import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main
      id="main"
      className="mx-auto grid w-full max-w-xl flex-1 content-center justify-items-start gap-4 px-4 py-16 sm:px-6"
    >
      <p className="font-mono text-muted text-sm">404</p>
      <h1 className="font-semibold text-2xl tracking-tight">There is nothing at this address</h1>
      <p className="text-muted">It may have been mistyped, or what was here is gone.</p>
      <Link href="/" className={buttonStyle("secondary")}>
        Go to the start page
      </Link>
    </main>
  );
}

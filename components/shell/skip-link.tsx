/** The first thing the keyboard meets: past the navigation, to the page itself. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only rounded-control bg-signal font-medium text-on-signal text-sm focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-4 focus:py-2"
    >
      Skip to the content
    </a>
  );
}

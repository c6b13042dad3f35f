/** The parts of the page, for whoever came for one of them. */
export function ModelSections({ hasPool }: { hasPool: boolean }) {
  const sections = [
    ["providers", hasPool ? "Pool" : "Providers"],
    ["route", "Route"],
    ["api", "API"],
    ["parameters", "Parameters"],
  ] as const;
  return (
    <nav aria-label="On this page" className="-mb-4 mt-7 flex gap-5 overflow-x-auto">
      {sections.map(([id, label]) => (
        <a
          key={id}
          href={`#${id}`}
          className="whitespace-nowrap py-2 text-signal text-sm underline-offset-4 hover:underline focus-visible:-outline-offset-2"
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

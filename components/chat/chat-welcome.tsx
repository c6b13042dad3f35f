const IDEAS = [
  "Explain to a child how a railway signal box works.",
  "Compare three ways of caching an API in a table.",
  "Write a TypeScript function that groups a list by a key, with an example.",
] as const;

/** An empty conversation: some ideas, which go into the composer and not off to a model at once. */
export function ChatWelcome({ onChoose }: { onChoose: (idea: string) => void }) {
  return (
    <div className="grid flex-1 content-center gap-6 py-12">
      <h2 className="font-semibold text-2xl">What would you like to ask?</h2>
      <ul className="border-t">
        {IDEAS.map((idea) => (
          <li key={idea} className="border-b">
            <button
              type="button"
              className="w-full py-3 text-start text-muted hover:text-ink"
              onClick={() => {
                onChoose(idea);
                document.getElementById("composer")?.focus();
              }}
            >
              {idea}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

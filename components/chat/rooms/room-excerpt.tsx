import type { Excerpt } from "@/lib/chatroom/find-words";

/** Where a word was said, in two lines at most. */
export function RoomExcerpt({ excerpt }: { excerpt: Excerpt }) {
  return (
    <span className="wrap-anywhere mt-0.5 line-clamp-2 text-muted text-xs">
      {excerpt.map(({ text, isHit }, index) =>
        isHit ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have nothing but their place
          <mark key={index} className="rounded-tag bg-signal-wash font-medium text-ink">
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </span>
  );
}

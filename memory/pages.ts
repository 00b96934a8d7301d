import type { SearchItem } from "@langchain/langgraph-checkpoint";

/** As much of a store as lists what lies under a prefix: a store, or a transaction in it. */
export interface Listing {
  search(prefix: string[], options: { limit: number; offset: number }): Promise<SearchItem[]>;
}

const PAGE = 500;

/** Everything that lies under a prefix, a page at a time. */
export async function* everyItem(store: Listing, prefix: readonly string[]): AsyncGenerator<SearchItem> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await store.search([...prefix], { limit: PAGE, offset });
    yield* page;
    if (page.length < PAGE) return;
  }
}

/** All of it at once, read page by page: before something of it is removed, since the pages of a listing shift then. */
export async function allItems(store: Listing, prefix: readonly string[]): Promise<SearchItem[]> {
  const items: SearchItem[] = [];
  for await (const item of everyItem(store, prefix)) items.push(item);
  return items;
}

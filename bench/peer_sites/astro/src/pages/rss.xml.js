import rss from "@astrojs/rss";
import { getCollection } from "astro:content";

export async function GET(context) {
  const posts = (await getCollection("posts")).sort((one, other) => other.data.date.localeCompare(one.data.date)).slice(0, 20);
  const items = posts.map((post) => ({ title: post.data.title, pubDate: new Date(post.data.date), link: `/posts/${post.id}/` }));
  return rss({ title: "Minimal", description: "Minimal", site: context.site, items });
}

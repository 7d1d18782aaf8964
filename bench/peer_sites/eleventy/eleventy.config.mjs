import { feedPlugin } from "@11ty/eleventy-plugin-rss";

export default function (config) {
  config.addPassthroughCopy("static/images");
  config.addCollection("posts", (api) => api.getFilteredByGlob("posts/*.md").reverse());
  config.addCollection("words", (api) => [...new Set(api.getFilteredByGlob("posts/*.md").flatMap((post) => post.data.tags))]);
  config.addPlugin(feedPlugin, {
    type: "rss",
    outputPath: "/feed.xml",
    collection: { name: "posts", limit: 20 },
    metadata: { language: "en", title: "Minimal", base: "https://example.com/", author: { name: "Nobody" } },
  });
}

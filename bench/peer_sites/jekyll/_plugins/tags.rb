# A page for each tag.
class Tags < Jekyll::Generator
  def generate(site)
    site.tags.each do |tag, posts|
      page = Jekyll::PageWithoutAFile.new(site, site.source, "tags/#{Jekyll::Utils.slugify(tag)}", "index.html")
      page.data.merge!("layout" => "tag", "title" => tag, "posts" => posts)
      site.pages << page
    end
  end
end

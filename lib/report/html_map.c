#include "report/html_parts.h"

#include "report/escape.h"

/* Marks are told apart by letter, frame and colour. */
static const struct look {
    const char *name, *letter, *word, *meaning;
} looks[DDG_MARKS] = {
    [DDG_MARK_NONE] = {"e", "", "no row", "no row, taken as zero"},
    [DDG_MARK_SHOWN] = {"v", "·", "shown", "shown"},
    [DDG_MARK_NO_DATA] = {"x", "–", "no data", "blank, and not suppressed"},
    [DDG_MARK_SMALL] = {"p", "P", "primary", "safe; suppressed as small (primary)"},
    [DDG_MARK_COMPLEMENTARY] = {"c", "C", "complementary",
                                "safe; suppressed to protect others (complementary)"},
    [DDG_MARK_HIDDEN] = {"s", "S", "suppressed", "safe; suppressed, the kinds are not told apart"},
    [DDG_MARK_UNDECIDED] = {"u", "?", "undecided", "undecided"},
    [DDG_MARK_DETERMINED] = {"d", "D", "determined", "determined, under a condition"},
    [DDG_MARK_NARROWED] = {"n", "N", "narrowed", "narrowed"},
    [DDG_MARK_RECOVERED] = {"r", "R", "recovered", "recovered"},
};

void ddg_html_put_mark(struct ddg_page *page, enum ddg_mark mark)
{
    ddg_page_put(page, "<span class=\"mark ");
    ddg_page_put(page, looks[mark].name);
    ddg_page_put(page, "\" aria-hidden=\"true\">");
    ddg_page_put(page, looks[mark].letter);
    ddg_page_put(page, "</span>");
}

static void put_legend(struct ddg_page *page)
{
    ddg_page_put(page, "<ul class=\"legend\" aria-label=\"Legend\">\n");
    for (int mark = DDG_MARK_RECOVERED; mark >= DDG_MARK_NONE; mark--) {
        ddg_page_put(page, "<li>");
        ddg_html_put_mark(page, (enum ddg_mark)mark);
        ddg_page_put(page, " ");
        ddg_page_put(page, looks[mark].meaning);
        ddg_page_put(page, "</li>\n");
    }
    ddg_page_put(page, "</ul>\n");
}

/* Labels ------------------------------------------------------------------------------------- */

/* "North, Alpine" for nested levels; the label of totals for the total. */
static void say_category(const struct ddg_dimension *dimension, uint32_t category,
                         struct ddg_prose *prose)
{
    size_t said = 0;

    for (size_t level = 0; level < dimension->levels; level++) {
        struct ddg_text label = ddg_dimension_label(dimension, category, level);

        if (level > 0 && ddg_text_equal(label, dimension->level[level].total))
            continue;
        ddg_prose_say(prose, said++ > 0 ? ", " : "");
        ddg_prose_add(prose, label);
    }
}

static void say_dimension(const struct ddg_dimension *dimension, struct ddg_prose *prose)
{
    for (size_t level = 0; level < dimension->levels; level++) {
        ddg_prose_say(prose, level > 0 ? ", " : "");
        ddg_prose_add(prose, dimension->level[level].name);
    }
}

/* "count by county and sex: year=2023" */
static void say_caption(const struct ddg_picture *map, const struct ddg_picture_slice *slice,
                        struct ddg_text measure, struct ddg_prose *prose)
{
    const struct ddg_model *model = map->model;
    size_t said = 0;

    ddg_prose_add(prose, measure);
    if (map->down != DDG_ALL) {
        ddg_prose_say(prose, " by ");
        say_dimension(&model->dimension[map->down], prose);
    }
    if (map->across != DDG_ALL) {
        ddg_prose_say(prose, " and ");
        say_dimension(&model->dimension[map->across], prose);
    }
    for (size_t d = 0; d < model->dimensions; d++) {
        if (d == map->down || d == map->across)
            continue;
        ddg_prose_say(prose, said++ > 0 ? "; " : ": ");
        say_dimension(&model->dimension[d], prose);
        ddg_prose_say(prose, "=");
        say_category(&model->dimension[d],
                     ddg_model_category(model, ddg_picture_slice_cell(map, slice), d), prose);
    }
}

static struct ddg_text take(struct ddg_page *page)
{
    struct ddg_text text = ddg_prose_text(&page->text);

    page->text.used = 0;
    return text;
}

/* Pictures ----------------------------------------------------------------------------------- */

static void put_category(struct ddg_page *page, const struct ddg_dimension *dimension,
                         uint32_t category, const char *scope)
{
    bool sum = dimension->height[category] > 0;

    ddg_page_put(page, "<th scope=\"");
    ddg_page_put(page, scope);
    ddg_page_put(page, sum ? "\" class=\"sum\"><span>" : "\"><span>");
    say_category(dimension, category, &page->text);
    ddg_html_put(page, take(page));
    ddg_page_put(page, "</span></th>");
}

static void put_head(struct ddg_page *page, const struct ddg_picture *map,
                     const struct ddg_picture_grid *grid)
{
    ddg_page_put(page, "<thead><tr><th scope=\"col\">");
    if (map->down != DDG_ALL)
        say_dimension(&map->model->dimension[map->down], &page->text);
    ddg_html_put(page, take(page));
    ddg_page_put(page, "</th>");
    if (!grid->across.category)
        ddg_page_put(page, "<th scope=\"col\"><span>cell</span></th>");
    else
        for (size_t i = 0; i < grid->across.count; i++)
            put_category(page, &map->model->dimension[map->across], grid->across.category[i],
                         "col");
    ddg_page_put(page, "</tr></thead>\n<tbody>\n");
}

static void put_row(struct ddg_page *page, const struct ddg_picture *map,
                    const struct ddg_picture_grid *grid, size_t row)
{
    ddg_page_put(page, "<tr>");
    if (grid->down.category)
        put_category(page, &map->model->dimension[map->down], grid->down.category[row], "row");
    else
        ddg_page_put(page, "<th scope=\"row\">all</th>");
    for (size_t i = 0; i < grid->across.count; i++) {
        const struct look *look = &looks[grid->mark[row * grid->across.count + i]];

        ddg_page_put(page, "<td class=\"");
        ddg_page_put(page, look->name);
        ddg_page_put(page, "\"><span aria-hidden=\"true\">");
        ddg_page_put(page, look->letter);
        ddg_page_put(page, "</span><span class=\"aloud\">");
        ddg_page_put(page, look->word);
        ddg_page_put(page, "</span></td>");
    }
    ddg_page_put(page, "</tr>\n");
    (void)ddg_sink_pass(page->sink);
}

static void put_left_out(struct ddg_page *page, const struct ddg_picture_grid *grid)
{
    if (grid->down.left_out + grid->across.left_out == 0)
        return;
    ddg_prose_say(&page->text, "Not drawn: ");
    if (grid->down.left_out > 0)
        ddg_prose_count(&page->text, grid->down.left_out, "row", "rows");
    if (grid->down.left_out > 0 && grid->across.left_out > 0)
        ddg_prose_say(&page->text, " and ");
    if (grid->across.left_out > 0)
        ddg_prose_count(&page->text, grid->across.left_out, "column", "columns");
    ddg_prose_say(&page->text, " with the fewest findings and hidden cells.");
    ddg_page_paragraph(page, DDG_TONE_SMALL);
}

/* Column headings stand upright where they would make the table wide. */
static bool is_crowded(const struct ddg_picture *map, const struct ddg_picture_grid *grid)
{
    enum { CROWDED = 90, PADDING = 3 };
    size_t width = 0;

    for (size_t i = 0; grid->across.category && i < grid->across.count; i++)
        width += PADDING +
                 map->model->dimension[map->across].category.text[grid->across.category[i]].length;
    return width > CROWDED;
}

static void put_picture(struct ddg_page *page, const struct ddg_picture *map,
                        const struct ddg_picture_slice *slice, struct ddg_text measure)
{
    struct ddg_picture_grid grid;

    if (!ddg_picture_grid_make(&grid, map, slice, page->sink->context)) {
        page->tables++;
        say_caption(map, slice, measure, &page->text);
        ddg_html_table_begin(page, is_crowded(map, &grid) ? "map upright" : "map", take(page));
        put_head(page, map, &grid);
        for (size_t row = 0; row < grid.down.count; row++)
            put_row(page, map, &grid, row);
        ddg_page_put(page, "</tbody>\n</table>\n</div>\n");
        put_left_out(page, &grid);
    }
    ddg_picture_grid_free(&grid);
}

/* Says which slices there are, and how many are not drawn. */
static void put_remark(struct ddg_page *page, const struct ddg_picture *map)
{
    size_t with_hidden = 0;

    for (size_t i = 0; i < map->slices; i++)
        with_hidden += map->slice[i].hidden > 0;
    if (map->slices > 1) {
        ddg_prose_number(&page->text, with_hidden);
        ddg_prose_say(&page->text, " of ");
        ddg_prose_count(&page->text, map->slices, "slice has", "slices have");
        ddg_prose_say(&page->text, " hidden cells");
        if (map->chosen < with_hidden) {
            ddg_prose_say(&page->text, "; drawn are the ");
            ddg_prose_number(&page->text, map->chosen);
            ddg_prose_say(&page->text, " with the most findings and then the most hidden cells");
        }
        ddg_prose_say(&page->text, ".");
        ddg_page_paragraph(page, DDG_TONE_SMALL);
    }
}

/* Draws a measure and returns how many pictures it took. */
static size_t put_measure(struct ddg_page *page, const struct ddg_report *report, size_t release,
                          size_t measure, size_t most)
{
    const struct ddg_table *table = report->audit->release[release].table;
    struct ddg_text name = table->name[table->measure[measure].count];
    struct ddg_picture map;
    size_t drawn = 0;

    if (!ddg_picture_make(&map, report, release, measure, most, page->sink->context) &&
        map.chosen > 0) {
        ddg_prose_add(&page->text, name);
        ddg_prose_say(&page->text, " in ");
        ddg_prose_say(&page->text, table->file);
        page->format->heading(page, NULL, 3, take(page));
        put_remark(page, &map);
        for (; drawn < map.chosen; drawn++)
            put_picture(page, &map, &map.slice[drawn], name);
    }
    ddg_picture_free(&map);
    return drawn;
}

void ddg_html_maps(struct ddg_page *page, const struct ddg_report *report)
{
    const struct ddg_audit *audit = report->audit;
    size_t left = DDG_HTML_MAPS_MOST, skipped = 0;

    ddg_page_say(page, DDG_TONE_PLAIN,
                 "Each picture is a slice of the publication, and each square a published cell. "
                 "Numbers are not shown. Totals stand in bold.");
    put_legend(page);
    for (size_t r = 0; r < audit->releases; r++)
        for (size_t m = 0; m < audit->release[r].table->measures; m++) {
            if (ddg_summary_tally(report, r, m).hidden == 0)
                continue;
            if (left == 0)
                skipped++;
            else
                left -=
                    put_measure(page, report, r, m,
                                left < DDG_PICTURE_SLICES_MOST ? left : DDG_PICTURE_SLICES_MOST);
        }
    if (skipped > 0) {
        ddg_prose_count(&page->text, skipped, "more measure is", "more measures are");
        ddg_prose_say(&page->text, " not drawn.");
        ddg_page_paragraph(page, DDG_TONE_SMALL);
    }
}

/* SPDX-License-Identifier: MIT */
#include "gate/checklist.h"
#include "report/markdown.h"
#include "report/shown.h"

/* The checklist as a task list, to paste into a ticket or a step's summary. */

enum { LINE = 300, WAY = 2000 };

static void add_text(struct mop_out *out, struct mop_sv text)
{
    struct mop_arena a;
    mop_arena_init(&a);
    mop_markdown_text(out, mop_shown_text(&a, text, LINE));
    mop_arena_release(&a);
}

static void add_buf(struct mop_out *out, struct mop_buf *b)
{
    add_text(out, mop_buf_view(b));
    mop_buf_reset(b);
}

static void add_item(struct mop_out *out, const struct mop_launch *g,
                     const struct mop_gate_result *r, const struct mop_gate_item *x,
                     struct mop_buf *b)
{
    mop_out_str(out, "  - ");
    mop_checklist_place(g, x->at, b);
    if (b->n) {
        mop_markdown_code(out, mop_buf_view(b), LINE);
        mop_out_chr(out, ' ');
    }
    mop_buf_reset(b);
    mop_out_str(out, mop_checklist_mark(r, x));
    add_text(out, x->message);
    if (x->repair.n) {
        mop_out_str(out, "; do: ");
        add_text(out, x->repair);
    }
    if (x->way.n) {
        mop_out_str(out, "; way: ");
        mop_buf_reset(b);
        mop_checklist_way(x, b);
        mop_markdown_code(out, mop_buf_view(b), WAY);
        mop_buf_reset(b);
    }
    mop_out_chr(out, '\n');
}

static void add_result(struct mop_out *out, const struct mop_launch *g,
                       const struct mop_gate_result *r, const struct mop_checklist_part *part)
{
    struct mop_buf b;
    size_t i = 0;
    mop_buf_init(&b, 1 << 20);
    mop_out_str(out, r->state == MOP_GATE_PASSED ? "- [x] " : "- [ ] ");
    mop_out_str(out, part->by_person || r->state == MOP_GATE_PASSED ? "" : part->title);
    mop_out_str(out, part->by_person || r->state == MOP_GATE_PASSED ? "" : ": ");
    mop_markdown_code(out, r->id, LINE);
    mop_out_chr(out, ' ');
    add_text(out, r->summary);
    mop_checklist_remark(g, r, &b);
    if (b.n) {
        mop_out_str(out, " (");
        add_buf(out, &b);
        mop_out_str(out, ")");
    }
    mop_out_chr(out, '\n');
    for (; i < r->n && i < MOP_CHECKLIST_ITEMS; i++)
        add_item(out, g, r, &r->items[i], &b);
    if (r->n > i)
        mop_buf_printf(&b, "  - and %zu more\n", r->n - i);
    mop_out_sv(out, mop_buf_view(&b));
    mop_buf_release(&b);
}

static void add_part(struct mop_out *out, const struct mop_launch *g,
                     const struct mop_checklist_part *part)
{
    const struct mop_gate_result *r;
    struct mop_buf who;
    if (!mop_gate_count(g, part->state))
        return;
    mop_buf_init(&who, 1 << 14);
    mop_out_str(out, "\n#### ");
    mop_out_str(out, part->title);
    mop_out_str(out, "\n");
    for (int role = part->by_person ? 0 : MOP_ROLES; role <= MOP_ROLES; role++) {
        bool any = false;
        for (size_t i = 0; (r = mop_checklist_next(g, part, (enum mop_role)role, &i)); any = true) {
            if (role == MOP_ROLES && part->by_person)
                continue; /* told under a role */
            if (!any)
                mop_out_chr(out, '\n');
            if (!any && role < MOP_ROLES) {
                mop_checklist_who(g, (enum mop_role)role, &who);
                mop_out_str(out, "**");
                add_buf(out, &who);
                mop_out_str(out, "**\n\n");
            }
            add_result(out, g, r, part);
        }
    }
    mop_buf_release(&who);
}

static int write_markdown(const struct mop_launch *g, const struct mop_checklist_options *o,
                          struct mop_out *out, struct mop_err *e)
{
    struct mop_buf b;
    mop_buf_init(&b, 1 << 20);
    mop_out_str(out, "### Launch gate: ");
    mop_checklist_verdict(g, o, &b);
    add_buf(out, &b);
    mop_out_str(out, "\n\n");
    if (g->name.p) {
        mop_markdown_code(out, g->name, LINE);
        mop_out_str(out, ", ");
    }
    mop_checklist_level(g, &b);
    add_buf(out, &b);
    if (!g->links_only) {
        mop_out_str(out, ", digest ");
        mop_markdown_code(out, mop_sv_of(g->b->digest), LINE);
    }
    mop_out_chr(out, '\n');
    for (size_t i = 0; i < mop_checklist_nparts; i++)
        add_part(out, g, &mop_checklist_parts[i]);
    mop_buf_release(&b);
    return mop_out_flush(out, e);
}

const struct mop_checklist_format mop_checklist_markdown = {
    "markdown", "a task list for a ticket or a step's summary", write_markdown};

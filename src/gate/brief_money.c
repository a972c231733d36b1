/* SPDX-License-Identifier: MIT */
#include "gate/brief_read.h"
#include "values/country.h"

/* What a campaign may cost: amounts, their currency, the cap. */

/* "12.000" is twelve here and twelve thousand there. */
static bool is_ambiguous(struct mop_sv number)
{
    size_t dot = mop_sv_find(number, '.');
    return dot < number.n && number.n - dot == 4 && mop_sv_find(number, 'e') == number.n &&
           mop_sv_find(number, 'E') == number.n;
}

bool mop_brief_number(struct mop_sv s, mop_i128 *millionths)
{
    const mop_i128 fine = 100000000000000; /* units of a number in a millionth */
    mop_i128 v;
    if (is_ambiguous(s) ||
        mop_number_parse_exponent(s, (struct mop_marks){'.', 0}, &v) != MOP_NUMBER_OK || v < 0 ||
        v % fine)
        return false;
    *millionths = mop_number_round(v);
    return true;
}

/* Of "100 000 EUR", "000 EUR" is no currency. */
static bool has_digit(struct mop_sv unit)
{
    for (size_t i = 0; i < unit.n; i++)
        if (unit.p[i] >= '0' && unit.p[i] <= '9')
            return true;
    return false;
}

/* Of the whole budget: by its code, and one only. */
static void add_currency(struct mop_brief_reader *r, const struct mop_said *s)
{
    struct mop_said *now = &r->b->currency;
    struct mop_node at = {.at = s->at, .span = s->span};
    if (!s->text.p)
        return;
    if (!mop_currency_find(s->text).p)
        mop_brief_fault(r, "bad-currency", &at, "write its code of ISO 4217, such as EUR or USD",
                        "'%.*s' is no currency", MOP_SV_ARG(s->text));
    else if (now->text.p && !mop_sv_eq_nocase(now->text, s->text))
        mop_brief_fault(r, "bad-currency", &at, "write all of the budget in one",
                        "'%.*s' beside '%.*s' makes two currencies of one budget",
                        MOP_SV_ARG(s->text), MOP_SV_ARG(now->text));
    else if (!now->text.p)
        *now = *s;
}

/* "12000", "12000 EUR": the currency may stand behind the amount. */
static void read_amount(struct mop_brief_reader *r, const struct mop_node *n,
                        struct mop_brief_money *out)
{
    struct mop_said s = mop_said_of(n);
    if (!s.text.p)
        return;
    size_t blank = mop_sv_find(s.text, ' ');
    struct mop_sv number = mop_sv_sub(s.text, 0, blank);
    struct mop_said unit = s;
    unit.text = mop_sv_trim(mop_sv_sub(s.text, blank, s.text.n));
    if (has_digit(unit.text) || !mop_brief_number(number, &out->millionths)) {
        mop_brief_fault(r, "bad-amount", n, "write it as 12000, 12000.50 or 12000 EUR",
                        "'%.*s' is no amount of money", MOP_SV_ARG(s.text));
        return;
    }
    out->as = s;
    if (unit.text.n)
        add_currency(r, &unit);
}

static void check_period(struct mop_brief_reader *r, const struct mop_node *budget)
{
    static const char *const words[] = {"day", "week", "month", "campaign"};
    struct mop_said s = mop_brief_said(budget, &mop_brief_keys_budget, "per");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!s.text.p || mop_sv_eqs(s.text, words[i]))
            return;
    mop_brief_fault(r, "bad-value", mop_node_get(budget, "per"),
                    "write day, week, month or campaign", "'per' knows no '%.*s'",
                    MOP_SV_ARG(s.text));
}

void mop_brief_read_budget(struct mop_brief_reader *r)
{
    const struct mop_node *n = mop_key_table_get(&mop_brief_keys_top, r->b->root, "budget");
    const struct mop_key_table *t = &mop_brief_keys_budget;
    if (!n || n->kind == MOP_SCALAR) {
        read_amount(r, n, &r->b->budget);
        return;
    }
    mop_brief_check(r, n, t);
    struct mop_said currency = mop_brief_said(n, t, "currency");
    add_currency(r, &currency);
    check_period(r, n);
    read_amount(r, mop_key_table_get(t, n, "amount"), &r->b->budget);
    read_amount(r, mop_key_table_get(t, n, "cap"), &r->b->cap);
}

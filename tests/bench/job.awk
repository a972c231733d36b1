# SPDX-License-Identifier: MIT
# The 25 rules in awk (mawk has no {n}), on the file that gen writes: "ID COUNT" lines in the order of job.yaml, with
# its parts of rules. What a script made for this one file costs, and the counts to compare.
function fields(line,    n, q, i, c, len, inside, value) {
    if (!index(line, "\"")) return split(line, f, ",")
    # Quotes split the record in turns: outside, inside, outside...; "" within makes an empty outside part.
    q = split(line, part, "\"")
    n = 1; f[1] = ""
    for (i = 1; i <= q; i++) {
        if (i % 2) {
            if (part[i] == "" && i > 1 && i < q) { f[n] = f[n] "\""; continue }
            c = split(part[i], piece, ",")
            if (c > 0) f[n] = f[n] piece[1]
            for (len = 2; len <= c; len++) f[++n] = piece[len]
        } else f[n] = f[n] part[i]
    }
    return n
}
function list(set, text,    n, i, w) { n = split(text, w, " "); for (i = 1; i <= n; i++) set[w[i]] = 1 }
function bad(id) { count[id]++; hit++ }
BEGIN {
    D = "[0-9]"
    DT = "^20" D D "-(0[1-9]|1[0-2])-(0[1-9]|[12]" D "|3[01])T([01]" D "|2[0-3]):[0-5]" D ":[0-5]" D "Z$"
    ID = "^L-" D D D D D D D D D "$"
    P = "[0-9 ()-]"
    PHONE = "^[+][1-9]" P P P P P P P "?" P "?" P "?" P "?" P "?" P "?" P "?" P "?" P "?" P "?" P "?" P "?$"
    L = "[a-z]"
    CAMPAIGN = "^" L L L "?" L "?" L "?_[a-z0-9]+(-[a-z0-9]+)*_20" D D "q[1-4]$"
    list(country, "AE AR AT AU BE BR CA CH CL CN CO CZ DE DK EG ES FI FR GB GR HU IE IL IN IT JP KR MX NL NO NZ PL PT RO SE SG TR UA US ZA")
    list(stage, "subscriber lead marketingqualifiedlead salesqualifiedlead opportunity customer evangelist other")
    list(status, "new open in_progress open_deal unqualified attempted connected bad_timing")
    list(source, "google bing linkedin facebook instagram x youtube tiktok reddit quora capterra g2 hubspot newsletter partner webinar podcast direct-mail")
    list(medium, "cpc paid-social display email organic referral affiliate video event content qr print")
    while ((getline line < pairs) > 0) { split(line, w, ","); pair[w[1], w[2]] = 1 }
    ids = split("R01 R02 R03 R04 R05 R06 R07 R08 R10 R14a R14b R15a R15b R21 R25a R09 R11 R12 R13 R16a R16b R17a R17b R18 R19 R20 R22 R23 R24 R25b", order, " ")
}
{
    # A quoted field may go on in the next line.
    while (gsub(/"/, "\"") % 2) { line = $0; if ((getline more) <= 0) break; $0 = line "\n" more }
    if (rows++ == 0) next
    hit = 0
    fields($0)
    email = f[2]; company = tolower(f[5]); s = f[9]; created = f[12]; mql = f[13]; sql = f[14]
    src = f[15]; med = f[16]; camp = f[17]; url = f[18]; amount = f[19]
    if (f[1] !~ ID) bad("R01")
    if (email == "") bad("R02")
    else {
        if (email !~ /^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z]+$/) bad("R03")
        if (email ~ /[A-Z]/) bad("R04")
        if (seen[tolower(email)]++) count["R05"]++
    }
    if (f[3] ~ /^[ \t\r\n]|[ \t\r\n]$|[ \t\r\n][ \t\r\n]/) bad("R06")
    if (f[4] == "") bad("R07")
    if (company ~ /^(n\/?a|none|test|unknown|asdf|xxx|-+)$/) bad("R08")
    if (!(f[7] in country)) bad("R09")
    if (f[8] != "" && f[8] !~ PHONE) bad("R10")
    if (!(s in stage)) bad("R11")
    if (f[10] != "" && !(f[10] in status)) bad("R12")
    sales = s == "salesqualifiedlead" || s == "opportunity" || s == "customer"
    if (sales && f[11] == "") bad("R13")
    if (created == "") bad("R14a"); else if (created !~ DT) bad("R14b")
    if (mql != "" && mql !~ DT) bad("R15a")
    if (sql != "" && sql !~ DT) bad("R15b")
    # By typed dates: what is no date is not compared.
    if (created ~ DT && mql ~ DT && mql < created) bad("R16a")
    if (mql ~ DT && sql ~ DT && sql < mql) bad("R16b")
    if ((sales || s == "marketingqualifiedlead") && mql == "") bad("R17a")
    if (sales && sql == "") bad("R17b")
    if (src != "" && !(src in source)) bad("R18")
    if (med != "" && !(med in medium)) bad("R19")
    if ((src in source) && (med in medium) && !((src, med) in pair)) bad("R20")
    if (camp != "" && camp !~ CAMPAIGN) bad("R21")
    if (((src == "") + (med == "") + (camp == "")) % 3) bad("R22")
    if (url !~ /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(\/[A-Za-z0-9._~%\/-]*)?(\?[A-Za-z0-9._~%&=+-]*)?$/) bad("R23")
    if (src != "" && match(url, /[?&]utm_source=[^&#]*/) && substr(url, RSTART + 12, RLENGTH - 12) != src) bad("R24")
    if (amount != "" && amount !~ /^-?[0-9]+(\.[0-9][0-9]?)?$/) bad("R25a")
    if (s == "customer" && amount == "") bad("R25b")
    if (hit) any++
}
END {
    for (i = 1; i <= ids; i++) print order[i], count[order[i]] + 0
    print "ROWS", rows - 1
    print "ANY", any + 0
}

/* SPDX-License-Identifier: MIT */
#include "live_parts.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <string.h>
#include <strings.h>

/* Which addresses are not the public Internet: IANA's special-purpose registries. */

/* The first that fits decides. IPv4 stands in ::ffff:0:0/96. */
static const struct mop_live_range ranges[] = {
    {"0.0.0.0", 8, "this network", true},
    {"10.0.0.0", 8, "a private network", false},
    {"100.64.0.0", 10, "a carrier's private network", false},
    {"127.0.0.0", 8, "this machine", false},
    {"169.254.0.0", 16, "a link-local address", false},
    {"172.16.0.0", 12, "a private network", false},
    {"192.0.0.0", 24, "a reserved address", true},
    {"192.0.2.0", 24, "an address for documentation", true},
    {"192.88.99.0", 24, "a reserved address", true},
    {"192.168.0.0", 16, "a private network", false},
    {"198.18.0.0", 15, "a test network", false},
    {"198.51.100.0", 24, "an address for documentation", true},
    {"203.0.113.0", 24, "an address for documentation", true},
    {"224.0.0.0", 4, "a multicast address", true},
    {"240.0.0.0", 4, "a reserved address", true},
    {"::ffff:0:0", 96, NULL, false},
    {"::1", 128, "this machine", false},
    {"::", 96, "a reserved address", true},
    {"64:ff9b:1::", 48, "a private network", false},
    {"fc00::", 7, "a private network", false},
    {"fe80::", 10, "a link-local address", false},
    {"fec0::", 10, "a private network", false},
    {"ff00::", 8, "a multicast address", true},
    {"2001::", 23, "a reserved address", true},
    {"2001:db8::", 32, "an address for documentation", true},
    {"3fff::", 20, "an address for documentation", true},
    {"2000::", 3, NULL, false},
    {"::", 0, "a reserved address", true},
};
enum { RANGES = sizeof ranges / sizeof *ranges };

/* IPv6 addresses in which an IPv4 address is the one that is reached: its offset. */
static const struct {
    const char *net;
    unsigned bits, at;
} carriers[] = {
    {"64:ff9b::", 96, 12},    /* NAT64 */
    {"2002::", 16, 2},        /* 6to4 */
    {"::ffff:0:0:0", 96, 12}, /* SIIT */
};

static void mapped(const unsigned char *v4, unsigned char out[16])
{
    static const unsigned char front[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    memcpy(out, front, sizeof front);
    memcpy(out + sizeof front, v4, 4);
}

static bool within(const unsigned char address[16], const char *net, unsigned bits)
{
    unsigned char start[16], v4[4];
    if (inet_pton(AF_INET, net, v4) == 1) {
        mapped(v4, start);
        bits += 96;
    } else {
        inet_pton(AF_INET6, net, start);
    }
    unsigned bytes = bits / 8, rest = bits % 8;
    return !memcmp(address, start, bytes) &&
           (!rest || !((address[bytes] ^ start[bytes]) >> (8 - rest)));
}

static bool bytes_of(const struct sockaddr *sa, unsigned char out[16])
{
    if (sa->sa_family == AF_INET)
        mapped((const unsigned char *)&((const struct sockaddr_in *)(const void *)sa)->sin_addr,
               out);
    else if (sa->sa_family == AF_INET6)
        memcpy(out, &((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr, 16);
    return sa->sa_family == AF_INET || sa->sa_family == AF_INET6;
}

static const struct mop_live_range *range_of(const unsigned char address[16])
{
    unsigned char inner[16];
    for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++)
        if (within(address, carriers[i].net, carriers[i].bits)) {
            mapped(address + carriers[i].at, inner);
            return range_of(inner);
        }
    size_t i = 0;
    while (!within(address, ranges[i].net, ranges[i].bits))
        i++;
    return ranges[i].words ? &ranges[i] : NULL;
}

const struct mop_live_range *mop_live_range(const struct sockaddr *sa)
{
    unsigned char address[16];
    return bytes_of(sa, address) ? range_of(address) : &ranges[RANGES - 1];
}

/* Any form that a resolver reads: 0x7f.1, 2130706433 and 0177.0.0.1 as well. */
static bool literal(const char *host, unsigned char out[16])
{
    char inner[INET6_ADDRSTRLEN];
    in_addr_t v4;
    size_t n = strcspn(host + 1, "]%");
    if (host[0] == '[' && n < sizeof inner) {
        memcpy(inner, host + 1, n);
        inner[n] = '\0';
        return inet_pton(AF_INET6, inner, out) == 1;
    }
    v4 = inet_addr(host); /* what it says of the last address is what it says of no address */
    if (v4 == (in_addr_t)-1 && strcmp(host, "255.255.255.255") != 0)
        return false;
    mapped((const unsigned char *)&v4, out);
    return true;
}

/* Names that public DNS does not have: RFC 6761, 6762 (appendix G), 8375, and ICANN's .internal. A
 * name without a dot is found, if at all, by a search list of the own network. */
static bool is_inside(struct mop_sv name)
{
    static const char *const ends[] = {".local",   ".internal", ".home.arpa", ".intranet",
                                       ".private", ".corp",     ".home",      ".lan"};
    size_t plain = 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (name.n > strlen(ends[i]) &&
            mop_sv_eq_nocase(mop_sv_sub(name, name.n - strlen(ends[i]), name.n),
                             mop_sv_of(ends[i])))
            return true;
    while (plain < name.n && (isalnum((unsigned char)name.p[plain]) || name.p[plain] == '-'))
        plain++;
    return plain && plain == name.n;
}

const struct mop_live_range *mop_live_host_range(const char *host)
{
    static const struct mop_live_range self = {"127.0.0.0", 8, "this machine", false};
    static const struct mop_live_range inside = {NULL, 0, "a name of a private network", false};
    unsigned char address[16];
    struct mop_sv name = mop_sv_of(host);
    if (name.n && name.p[name.n - 1] == '.')
        name.n--;
    if (mop_sv_eq_nocase(name, MOP_SV("localhost")) ||
        (name.n > 10 && !strncasecmp(name.p + name.n - 10, ".localhost", 10)))
        return &self;
    if (name.n && literal(host, address))
        return range_of(address);
    return is_inside(name) ? &inside : NULL;
}

const char *mop_live_private_words(struct mop_sv host)
{
    char name[256];
    if (!host.n || host.n >= sizeof name)
        return NULL;
    memcpy(name, host.p, host.n);
    name[host.n] = '\0';
    const struct mop_live_range *range = mop_live_host_range(name);
    return range ? range->words : NULL;
}

bool mop_live_same_address(const struct sockaddr *a, const struct sockaddr *b)
{
    unsigned char x[16], y[16];
    if (!bytes_of(a, x) || !bytes_of(b, y) || memcmp(x, y, sizeof x) != 0)
        return false;
    /* The port stands at the same place in both families. */
    return ((const struct sockaddr_in *)(const void *)a)->sin_port ==
           ((const struct sockaddr_in *)(const void *)b)->sin_port;
}

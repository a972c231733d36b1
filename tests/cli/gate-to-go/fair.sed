s/\[print, qr\]/[qr]/
s/currency: EUR/&, cap: 18000/
s/tbd/"701-12"/
s,http://nordvik.local,https://www.nordvik.example,
s/utm_medium=qr/utm_medium=referral/
s/booth: /&H/

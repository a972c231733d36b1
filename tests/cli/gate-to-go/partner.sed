s/^start: .*/start: 2026-12-07/
s/=Partner&utm_medium=email/=partner\&utm_medium=referral/
s/&email={{contact.email}}//
s,//intranet/,//www.nordvik.example/,
s/=2026-11_/=2026-12_/
/name: logo/s/utm_id=88/&\&utm_content=logo/

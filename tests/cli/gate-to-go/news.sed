s/=mail/=email/
s,^  - https://www.nordvik.example/news$,&?utm_source=newsletter\&utm_medium=email\&utm_campaign=2026-12_nordics_service_news\&utm_content=foot,
/mailto:/d

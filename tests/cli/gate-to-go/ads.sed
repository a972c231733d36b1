s/^start: .*/start: 2027-01-05/
s/cap: 1500/cap: 1090.90/
s/{size:/{list: engineers DACH, size:/
s/tomorrow/8h/
s/^links:/crm_campaign_id: 701-9\nutm_id: "5512"\nlinks:/
s/decision: ben/decision: anna/
s/dev and eli/dev/
/^carousel/s/$/\&utm_id=5512/
s/=fb&/=facebook\&/
s/paid-social/paid_social/
s/social_paid/paid_social/

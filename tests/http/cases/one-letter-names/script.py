script = [get("/s", answer=page([{"id": 1}]), headers={"Accept": "*/*"})]

def declared(typed,script): return "und"
def script_of(tag): return "Zyyy"

from diplo_cli.language.detector import identify

"""What leaves loadmon: activities as watch files, reports and plans. Pure: values in, bytes out."""
